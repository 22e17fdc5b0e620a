import type { CourseRepository } from '@cadre/db/catalog';
import type { Database, Tx } from '@cadre/db/core';
import type { PersonRepository } from '@cadre/db/identity';
import type {
  BaseRepository,
  CharterRepository,
  InstructorRepository,
  VenueRepository,
} from '@cadre/db/network';
import type { SessionRepository } from '@cadre/db/training';
import type { PersonActor } from '@cadre/domain/access';
import { catalogSightOf } from '@cadre/domain/catalog';
import { AppError, toCivilDate, type Id, type Page } from '@cadre/domain/core';
import {
  baseDayOn,
  baseSightOf,
  canManageInstructors,
  canManageNetwork,
  canRunBase,
  decideBaseMove,
  decideParent,
  type Base,
  type BaseFile,
  type BaseFilter,
  type BasePoint,
  type BaseRow,
  type CharterView,
  type CreateBaseInput,
  type CreateInstructorInput,
  type CreateVenueInput,
  type Instructor,
  type InstructorRecord,
  type ListBasesInput,
  type MoveBaseInput,
  type UpdateBaseInput,
  type UpdateBaseRunningInput,
  type UpdateInstructorInput,
  type UpdateVenueInput,
  type Venue,
} from '@cadre/domain/network';
import { allow, createAuditTrail, type AuditTrailDeps, type Ports } from '../core';

export interface NetworkDeps extends AuditTrailDeps, Pick<Ports, 'publisher'> {
  database: Pick<Database, 'transaction'>;
  bases: BaseRepository;
  charter: CharterRepository;
  venues: VenueRepository;
  instructors: InstructorRepository;
  courses: Pick<CourseRepository, 'listByBase'>;
  sessions: Pick<SessionRepository, 'countComingAtBase'>;
  people: Pick<PersonRepository, 'findByPersonNo' | 'listByIds'>;
}

/** A write against an older revision than the stored one changes nothing. */
const written = (success: boolean): void => {
  if (!success) throw new AppError('CHANGED_MEANWHILE');
};

export type NetworkService = ReturnType<typeof createNetworkService>;

export function createNetworkService(deps: NetworkDeps) {
  const { database, bases, charter, venues, instructors, courses, sessions, people } = deps;
  const { clock, newId, publisher } = deps;
  const trail = createAuditTrail(deps);

  const today = () => toCivilDate(clock.now());

  /** Writes in one transaction and tells open screens when it is done. */
  const write = async (baseId: Id | null, work: (tx: Tx) => Promise<void>): Promise<void> => {
    await database.transaction(work);
    if (baseId !== null) publisher.publish({ type: 'network:changed', baseId });
  };

  const rowOf = (value: Base): BaseRow => {
    const { county, city, province } = value.location;
    return { ...value, county, city, province, today: baseDayOn(value, today()) };
  };

  const charterView = async (): Promise<CharterView> => {
    const [{ charter: places, taken }, cases] = await Promise.all([
      charter.read(),
      bases.countMembers('case'),
    ]);
    return { ...places, taken: { ...taken, case: cases } };
  };

  const recordsOf = async (values: readonly Instructor[]): Promise<InstructorRecord[]> => {
    const linked = values.flatMap(({ personId }) => (personId === null ? [] : [personId]));
    const numbers = new Map((await people.listByIds(linked)).map((person) => [person.id, person.personNo]));
    return values.map((value) => ({
      ...value,
      personNo: value.personId === null ? null : (numbers.get(value.personId) ?? null),
    }));
  };

  /** The person an instructor is linked to; an unknown number is refused, never ignored. */
  const personIdOf = async (personNo: string | null): Promise<Id | null> => {
    if (personNo === null) return null;
    const person = await people.findByPersonNo(personNo);
    if (!person) throw new AppError('NOT_FOUND');
    return person.id;
  };

  return {
    async list(
      actor: PersonActor,
      { page, pageSize, sort, ...filter }: ListBasesInput,
    ): Promise<Page<BaseRow>> {
      const found = await bases.list(baseSightOf(actor), filter, { page, pageSize }, sort);
      return { ...found, items: found.items.map(rowOf) };
    },

    /** The same bases as `list`, all at once, as dots of the schematic. */
    async map(actor: PersonActor, filter: BaseFilter): Promise<BasePoint[]> {
      const found = await bases.listAll(baseSightOf(actor), filter);
      return found.map((value) => ({
        ...rowOf(value),
        latitude: value.location.latitude,
        longitude: value.location.longitude,
      }));
    },

    async get(actor: PersonActor, baseId: Id): Promise<BaseFile> {
      const sight = baseSightOf(actor);
      const base = await bases.getInSight(baseId, sight);
      const [parents, caseSites, ownVenues, ownInstructors, taught, upcomingSessions] = await Promise.all([
        base.parentId === null ? [] : bases.listByIds([base.parentId]),
        bases.listByParent(baseId, sight),
        venues.listByBase(baseId),
        instructors.listByBase(baseId),
        courses.listByBase(baseId, catalogSightOf(actor), today()),
        sessions.countComingAtBase(baseId, clock.now()),
      ]);
      const runs = canRunBase(actor, baseId);
      return {
        base,
        today: baseDayOn(base, today()),
        parent: parents[0] ?? null,
        caseSites,
        venues: ownVenues.filter((venue) => runs || venue.active),
        instructors: ownInstructors.filter((instructor) => runs || instructor.active),
        courses: taught,
        upcomingSessions,
      };
    },

    charter: charterView,

    async setCharter(actor: PersonActor, regional: number): Promise<CharterView> {
      allow(canManageNetwork(actor));
      await charter.ensure();
      await database.transaction(async (tx) => {
        const before = (await charter.read()).charter;
        if (!(await charter.trySetRegional(regional, tx)))
          throw new AppError('CHARTER_BELOW_LISTED', { regional });
        const after = { ...before, regional };
        await trail.changed(
          actor,
          'network:charter-changed',
          { kind: 'charter', id: 'charter' },
          before,
          after,
          tx,
        );
      });
      return charterView();
    },

    /** Enters a base as an applicant; its place in the network it takes when it is listed. */
    async createBase(actor: PersonActor, input: CreateBaseInput): Promise<Base> {
      allow(canManageNetwork(actor));
      const parent = input.parentId === null ? null : await bases.findById(input.parentId);
      if (input.parentId !== null && !parent) throw new AppError('NOT_FOUND');
      decideParent(input.tier, parent);
      const base: Base = { ...input, id: newId(), status: 'applied', revision: 0, demo: false };
      await write(base.id, async (tx) => {
        await bases.insert(base, tx);
        await trail.created(actor, 'network:base-created', 'base', base, tx);
      });
      return base;
    },

    async updateBase(actor: PersonActor, { baseId, revision, identity }: UpdateBaseInput): Promise<Base> {
      const base = await bases.getInSight(baseId, baseSightOf(actor));
      allow(canManageNetwork(actor));
      await write(baseId, async (tx) => {
        written(await bases.tryUpdate({ ...base, ...identity, revision }, tx));
        await trail.changed(actor, 'network:base-updated', { kind: 'base', id: baseId }, base, identity, tx);
      });
      return bases.getById(baseId);
    },

    async updateBaseRunning(
      actor: PersonActor,
      { baseId, revision, running }: UpdateBaseRunningInput,
    ): Promise<Base> {
      const base = await bases.getInSight(baseId, baseSightOf(actor));
      allow(canRunBase(actor, baseId));
      await write(baseId, async (tx) => {
        written(await bases.tryUpdate({ ...base, ...running, revision }, tx));
        await trail.changed(
          actor,
          'network:base-running-updated',
          { kind: 'base', id: baseId },
          base,
          running,
          tx,
        );
      });
      return bases.getById(baseId);
    },

    /** Moves a base along its life; the charter's places move with it in the same transaction. */
    async moveBase(actor: PersonActor, { baseId, revision, to }: MoveBaseInput): Promise<Base> {
      const base = await bases.getInSight(baseId, baseSightOf(actor));
      allow(canManageNetwork(actor));
      written(base.revision === revision);
      const change = decideBaseMove(base, to);
      await charter.ensure();
      await write(baseId, async (tx) => {
        written(await bases.tryMove(base, to, change, tx));
        const [before, after] = [{ status: base.status }, { status: to }];
        await trail.changed(actor, 'network:base-moved', { kind: 'base', id: baseId }, before, after, tx);
      });
      return bases.getById(baseId);
    },

    async createVenue(actor: PersonActor, input: CreateVenueInput): Promise<Venue> {
      await bases.getInSight(input.baseId, baseSightOf(actor));
      allow(canRunBase(actor, input.baseId));
      const venue: Venue = { ...input, id: newId(), active: true, revision: 0, demo: false };
      await write(venue.baseId, async (tx) => {
        await venues.insert(venue, tx);
        await trail.created(actor, 'network:venue-created', 'venue', venue, tx);
      });
      return venue;
    },

    async updateVenue(actor: PersonActor, { venueId, ...fields }: UpdateVenueInput): Promise<Venue> {
      const venue = await venues.getById(venueId);
      await bases.getInSight(venue.baseId, baseSightOf(actor));
      allow(canRunBase(actor, venue.baseId));
      await write(venue.baseId, async (tx) => {
        written(await venues.tryUpdate({ ...venue, ...fields }, tx));
        await trail.changed(
          actor,
          'network:venue-updated',
          { kind: 'venue', id: venueId },
          venue,
          fields,
          tx,
        );
      });
      return venues.getById(venueId);
    },

    /** The instructors of a base, or those of the alliance itself (null), as those who run it see them. */
    async listInstructors(actor: PersonActor, baseId: Id | null): Promise<InstructorRecord[]> {
      if (baseId !== null) await bases.getInSight(baseId, baseSightOf(actor));
      allow(canManageInstructors(actor, baseId));
      return recordsOf(await instructors.listByBase(baseId));
    },

    async createInstructor(
      actor: PersonActor,
      { personNo, ...input }: CreateInstructorInput,
    ): Promise<InstructorRecord> {
      if (input.baseId !== null) await bases.getInSight(input.baseId, baseSightOf(actor));
      allow(canManageInstructors(actor, input.baseId));
      const personId = await personIdOf(personNo);
      const instructor: Instructor = {
        ...input,
        id: newId(),
        personId,
        active: true,
        revision: 0,
        demo: false,
      };
      await write(instructor.baseId, async (tx) => {
        await instructors.insert(instructor, tx);
        await trail.created(actor, 'network:instructor-created', 'instructor', instructor, tx);
      });
      return { ...instructor, personNo };
    },

    async updateInstructor(
      actor: PersonActor,
      { instructorId, personNo, ...fields }: UpdateInstructorInput,
    ): Promise<InstructorRecord> {
      const instructor = await instructors.getById(instructorId);
      // Somebody else's instructor answers like a missing one where the base is out of sight.
      if (instructor.baseId !== null) await bases.getInSight(instructor.baseId, baseSightOf(actor));
      allow(canManageInstructors(actor, instructor.baseId));
      const after = { ...fields, personId: await personIdOf(personNo) };
      await write(instructor.baseId, async (tx) => {
        written(await instructors.tryUpdate({ ...instructor, ...after }, tx));
        const subject = { kind: 'instructor', id: instructorId };
        await trail.changed(actor, 'network:instructor-updated', subject, instructor, after, tx);
      });
      const [record] = await recordsOf([await instructors.getById(instructorId)]);
      if (!record) throw new AppError('NOT_FOUND');
      return record;
    },
  };
}
