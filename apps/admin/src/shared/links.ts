import { createLink } from '@tanstack/react-router';

/** A text link inside the app, typed by its routes. */
export const TextLink = createLink('a');
