import type { PersonRepository } from '@cadre/db/identity';
import type { Job, JobRepository } from '@cadre/db/job';
import type { SessionRepository, TrainingClassRepository } from '@cadre/db/training';
import type { PersonActor } from '@cadre/domain/access';
import { AppError, errorCodes, id, type Id } from '@cadre/domain/core';
import { canTendJobs, jobKind, type StuckJob } from '@cadre/domain/job';
import { allow, type Ports } from '../core';

export interface JobDeps extends Pick<Ports, 'systemClock'> {
  jobs: Pick<JobRepository, 'listStuck' | 'tryAgain'>;
  sessions: Pick<SessionRepository, 'listByIds'>;
  classes: Pick<TrainingClassRepository, 'listByIds'>;
  people: Pick<PersonRepository, 'listByIds'>;
}

export type JobService = ReturnType<typeof createJobService>;

/** The machine's own work that does not get done: seen by the system admin, who can have it tried again. */
export function createJobService({ jobs, sessions, classes, people, systemClock }: JobDeps) {
  /** The titles of what the jobs are about; an id belongs to one kind of thing only. */
  const subjectsOf = async (list: readonly Job[]): Promise<ReadonlyMap<Id, string>> => {
    const ids = [...new Set(list.flatMap(idsOf))];
    const [ofSessions, ofClasses, ofPeople] = await Promise.all([
      sessions.listByIds(ids),
      classes.listByIds(ids),
      people.listByIds(ids),
    ]);
    return new Map([
      ...[...ofSessions, ...ofClasses].map((value) => [value.id, value.title] as const),
      ...ofPeople.map((value) => [value.id, `${value.name} ${value.personNo}`] as const),
    ]);
  };

  return {
    async stuck(actor: PersonActor): Promise<StuckJob[]> {
      allow(canTendJobs(actor));
      const list = await jobs.listStuck();
      const subjects = await subjectsOf(list);
      return list.map((job) => ({
        id: job.id,
        kind: jobKind.parse(job.kind),
        subject: idsOf(job).flatMap((found) => subjects.get(found) ?? [])[0] ?? null,
        attempts: job.attempts,
        code: job.lastError !== null && Object.hasOwn(errorCodes, job.lastError) ? job.lastError : 'DEFECT',
        givenUp: job.state === 'failed',
      }));
    },

    /** Has a stuck job tried at once, and as often as a new one. */
    async retry(actor: PersonActor, jobId: Id): Promise<void> {
      allow(canTendJobs(actor));
      if (!(await jobs.tryAgain(jobId, systemClock.now()))) throw new AppError('NOT_FOUND');
    },
  };
}

/** The ids a job names in what it was given. */
const idsOf = ({ payload }: Pick<Job, 'payload'>): Id[] =>
  Object.values(payload).flatMap((value) => id.safeParse(value).data ?? []);
