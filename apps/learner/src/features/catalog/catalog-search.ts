import type { CourseForm } from '@cadre/domain/catalog';
import { present, readCount, readId, readNamed, readText } from '../../shared/search-params';

/** Complete by type: a new form does not compile until it stands here. */
const forms = {
  lecture: true,
  seminar: true,
  'on-site': true,
  scenario: true,
  case: true,
  visit: true,
  drill: true,
  simulation: true,
  'hands-on': true,
  tabletop: true,
  training: true,
} as const satisfies Record<CourseForm, true>;

/** What the list is narrowed to. All of it stands in the address, so that the way back leads to the same list. */
export interface CatalogSearch {
  /** Micro-lessons instead of courses. */
  readonly show?: 'lessons';
  readonly text?: string;
  readonly theme?: string;
  readonly form?: CourseForm;
  readonly base?: string;
  /** Courses: class hours at most. Micro-lessons: minutes at most. */
  readonly length?: number;
}

export function catalogSearch(given: Record<string, unknown>): CatalogSearch {
  return present({
    show: given['show'] === 'lessons' ? ('lessons' as const) : undefined,
    text: readText(given['text']),
    theme: readId(given['theme']),
    form: readNamed(given['form'], forms),
    base: readId(given['base']),
    length: readCount(given['length']),
  });
}

/** The search without some of its parts. */
export function without(search: CatalogSearch, ...parts: (keyof CatalogSearch)[]): CatalogSearch {
  return Object.fromEntries(
    Object.entries(search).filter(([part]) => !parts.includes(part as keyof CatalogSearch)),
  );
}
