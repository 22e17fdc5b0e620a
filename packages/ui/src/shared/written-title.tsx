import { useLangOf, type BilingualText } from '../i18n';
import { useFormat } from '../format';

export interface WrittenTitleProps {
  /** As somebody wrote it: the title of a class or of a session. */
  readonly title: string;
  /** The course it teaches, whose name the catalogue has in English; null where there are several. */
  readonly course: BilingualText | null;
}

/** A title as it was written; on an English page with the English name of the course below. */
export function WrittenTitle({ title, course }: WrittenTitleProps) {
  const langOf = useLangOf();
  const english = useFormat().english(course);
  return (
    <>
      <span lang={langOf(title)}>{title}</span>
      {english !== '' && english !== title && <span className="block text-small text-ink">{english}</span>}
    </>
  );
}
