import { courseForm, type CourseForm } from '@cadre/domain/catalog';
import { id } from '@cadre/domain/core';

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
  const form = courseForm.safeParse(given['form']);
  const { show, text, theme, base, length } = given;
  return {
    ...(show === 'lessons' ? { show } : {}),
    ...(typeof text === 'string' && text !== '' ? { text: text.slice(0, 60) } : {}),
    ...(id.safeParse(theme).success ? { theme: theme as string } : {}),
    ...(form.success ? { form: form.data } : {}),
    ...(id.safeParse(base).success ? { base: base as string } : {}),
    ...(typeof length === 'number' && Number.isInteger(length) && length > 0 ? { length } : {}),
  };
}

/** The search without some of its parts. */
export function without(search: CatalogSearch, ...parts: (keyof CatalogSearch)[]): CatalogSearch {
  return Object.fromEntries(
    Object.entries(search).filter(([part]) => !parts.includes(part as keyof CatalogSearch)),
  );
}
