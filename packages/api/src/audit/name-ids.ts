import type { AssessmentYearRepository } from '@cadre/db/assessment';
import type { CourseRepository, MicroLessonRepository, ThemeRepository } from '@cadre/db/catalog';
import type {
  AccountRepository,
  ApiClientRepository,
  GrantRepository,
  PersonRepository,
  UnitRepository,
} from '@cadre/db/identity';
import type { BaseRepository, InstructorRepository, VenueRepository } from '@cadre/db/network';
import type { RegulationDraftRepository } from '@cadre/db/regulation';
import type { SessionRepository, TrainingClassRepository } from '@cadre/db/training';
import { yearName } from '@cadre/domain/assessment';
import type { Bilingual, Id } from '@cadre/domain/core';
import { inBoth, readJson, type Regulation } from '@cadre/domain/credit';
import type { RegulationDraft } from '@cadre/domain/regulation';

export interface NameIdsDeps {
  accounts: Pick<AccountRepository, 'listByIds'>;
  apiClients: Pick<ApiClientRepository, 'list'>;
  assessmentYears: Pick<AssessmentYearRepository, 'list'>;
  bases: Pick<BaseRepository, 'listByIds'>;
  classes: Pick<TrainingClassRepository, 'listByIds'>;
  courses: Pick<CourseRepository, 'listByIds'>;
  grants: Pick<GrantRepository, 'listByIds'>;
  instructors: Pick<InstructorRepository, 'listByIds'>;
  microLessons: Pick<MicroLessonRepository, 'listByIds'>;
  people: Pick<PersonRepository, 'listByIds'>;
  regulationDrafts: Pick<RegulationDraftRepository, 'listByIds'>;
  sessions: Pick<SessionRepository, 'listByIds'>;
  themes: Pick<ThemeRepository, 'listByIds'>;
  units: Pick<UnitRepository, 'listByIds'>;
  venues: Pick<VenueRepository, 'listByIds'>;
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Every id that stands as a value anywhere inside. */
export function idsIn(value: unknown): Id[] {
  if (typeof value === 'string') return ID.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null || value instanceof Date) return [];
  return Object.values(value).flatMap(idsIn);
}

const alike = (text: string): Bilingual => ({ zh: text, en: text });

/** `《干部学时管理办法》第 2 版`: a draft of a regulation by the title in its text, of which only what can be read was stored. */
function editionName({ text, version }: Pick<RegulationDraft, 'text' | 'version'>): Bilingual {
  const written = readJson(text).value as Pick<Regulation, 'title' | 'english'>;
  const { zh, en } = inBoth(written.title, written);
  return { zh: `《${zh}》第 ${version} 版`, en: `“${en === '' ? zh : en}”, version ${version}` };
}

/** What each of some ids is called today, whatever kind of thing it is; those that nobody knows are left out. */
export function createNameIds(deps: NameIdsDeps) {
  return async (asked: readonly Id[]): Promise<Map<Id, Bilingual>> => {
    const ids = [...new Set(asked)];
    if (ids.length === 0) return new Map();
    const [accounts, grants] = await Promise.all([deps.accounts.listByIds(ids), deps.grants.listByIds(ids)]);
    const holders = new Map([...accounts, ...grants].map(({ id, personId }) => [id, personId]));
    const [
      people,
      units,
      bases,
      venues,
      instructors,
      sessions,
      classes,
      themes,
      courses,
      lessons,
      drafts,
      years,
      clients,
    ] = await Promise.all([
      deps.people.listByIds([...new Set([...ids, ...holders.values()])]),
      deps.units.listByIds(ids),
      deps.bases.listByIds(ids),
      deps.venues.listByIds(ids),
      deps.instructors.listByIds(ids),
      deps.sessions.listByIds(ids),
      deps.classes.listByIds(ids),
      deps.themes.listByIds(ids),
      deps.courses.listByIds(ids),
      deps.microLessons.listByIds(ids),
      deps.regulationDrafts.listByIds(ids),
      deps.assessmentYears.list(ids),
      deps.apiClients.list(),
    ]);
    const named = new Map<Id, Bilingual>([
      ...people.map(({ id, name, personNo }) => [id, alike(`${name}（${personNo}）`)] as const),
      ...[...units, ...bases, ...venues, ...themes].map(({ id, name }) => [id, name] as const),
      ...[...instructors, ...clients].map(({ id, name }) => [id, alike(name)] as const),
      ...years.map((year) => [year.id, yearName(year)] as const),
      ...[...sessions, ...classes, ...lessons].map(({ id, title }) => [id, alike(title)] as const),
      ...courses.map(({ id, title }) => [id, title] as const),
      ...drafts.map((draft) => [draft.id, editionName(draft)] as const),
    ]);
    for (const [id, personId] of holders) {
      const holder = named.get(personId);
      if (holder) named.set(id, holder);
    }
    return named;
  };
}
