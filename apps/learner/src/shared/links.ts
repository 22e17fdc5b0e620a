import { BackAnchor, ButtonAnchor, RowAnchor } from '@cadre/ui/learner';
import { createLink } from '@tanstack/react-router';

/** The anchors of the kit as typed links of this app: `<RowLink to="/courses" title={…} />`. */
export const BackLink = createLink(BackAnchor);
export const ButtonLink = createLink(ButtonAnchor);
export const RowLink = createLink(RowAnchor);
