import type { ClientActor, PersonActor } from '@cadre/domain/access';
import type { AssessmentYear } from '@cadre/domain/assessment';
import type { Unit } from '@cadre/domain/identity';
import type { TestApi } from './test-api';

/** An open year about the people of a unit, who assesses it, and the system that reads its feed. */
export interface AssessmentScene {
  year: AssessmentYear;
  officer: PersonActor;
  client: ClientActor;
  /** One round of the feed, as the server goes round. */
  round: () => Promise<void>;
}

export async function addAssessmentYear(api: TestApi, unit: Unit): Promise<AssessmentScene> {
  const year: AssessmentYear = {
    id: api.newId(),
    name: '2026 年度',
    nameEn: 'Year 2026',
    unitId: unit.id,
    referenceDate: '2026-12-31',
    cutOffAt: new Date('2026-12-20T10:00:00Z'),
    state: 'open',
    snapshotNo: 0,
    demo: false,
  };
  await api.repositories.assessmentYears.insert(year);
  const officer = api.actorOf(await api.addPerson(await api.addUnit()), {
    role: 'assessment-officer',
    scope: { kind: 'assessment-year', assessmentYearId: year.id },
  });
  return {
    year,
    officer,
    client: {
      kind: 'client',
      clientId: api.newId(),
      permissions: ['feed:read'],
      assessmentYearIds: [year.id],
    },
    round: async () => {
      await api.services.feed.includeEverybody();
      while (await api.services.feed.refresh());
      await api.services.feed.sequence();
    },
  };
}
