import { classNames } from '@cadre/ui/admin';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';

function LinkText({ className, ...rest }: ComponentProps<'a'>) {
  return <a {...rest} className={classNames('text-primary underline-offset-4 hover:underline', className)} />;
}

/** A text link inside the app, typed by its routes. */
export const TextLink = createLink(LinkText);
