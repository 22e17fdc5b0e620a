import { fetchScreen } from '@cadre/client/screen';
import { lazyRouteComponent } from '@tanstack/react-router';

/** The component of a route, fetched when it is first opened: `screen(() => import('./course-page'), 'CoursePage')`. */
export const screen = <Module extends Record<string, unknown>, Name extends keyof Module>(
  importer: () => Promise<Module>,
  name: Name,
) => lazyRouteComponent(() => fetchScreen(importer), name);
