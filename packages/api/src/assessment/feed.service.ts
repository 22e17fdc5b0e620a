import type { AssessmentYearRepository, FeedRepository } from '@cadre/db/assessment';
import type { CreditLedgerRepository } from '@cadre/db/credit';
import type { PersonRepository, UnitRepository } from '@cadre/db/identity';
import type { SettingRepository } from '@cadre/db/setting';
import type { ClientActor } from '@cadre/domain/access';
import {
  canReadFeed,
  decidedThrough,
  FEED_FORMAT,
  type AssessmentYear,
  type FeedFigures,
  type FeedLine,
  type FeedPage,
  type FeedStatement,
  type FeedUnit,
  type FeedYear,
} from '@cadre/domain/assessment';
import { AppError, toCivilDate, type Id } from '@cadre/domain/core';
import { homeUnitOn, inPlaceSince, type Person } from '@cadre/domain/identity';
import { digestOf } from '@cadre/domain/ledger';
import type { Ports } from '../core';
import type { StatementService } from '../credit';
import type { FeedSigner } from './feed-signer';

const BATCH = 100;
/** The day on which everybody of the open years was last asked after. */
const ASKED = 'feed-asked';

export interface FeedDeps extends Pick<Ports, 'clock' | 'newId' | 'publisher'> {
  feed: FeedRepository;
  assessmentYears: Pick<AssessmentYearRepository, 'findById' | 'list' | 'listOpen'>;
  ledger: Pick<
    CreditLedgerRepository,
    'askFeed' | 'clearFeedPending' | 'headsOf' | 'listFeedPending' | 'openChains'
  >;
  people: Pick<PersonRepository, 'listActive' | 'listByIds'>;
  settings: Pick<SettingRepository, 'find' | 'set'>;
  units: Pick<UnitRepository, 'listByIds'>;
  statement: Pick<StatementService, 'figuresOf'>;
  signer: FeedSigner;
}

export type FeedService = ReturnType<typeof createFeedService>;

export function createFeedService(deps: FeedDeps) {
  const { feed, assessmentYears, ledger, people, settings, units, statement, signer } = deps;
  const { clock, newId, publisher } = deps;

  const lineOf = async (
    year: AssessmentYear,
    person: Person,
    unit: FeedUnit,
    figures: FeedFigures,
    version: number,
    snapshotNo: number | null,
  ): Promise<FeedLine> => {
    const state = snapshotNo === null ? 'open' : 'frozen';
    const content: FeedStatement = {
      format: FEED_FORMAT,
      assessmentYearId: year.id,
      personNo: person.personNo,
      unit,
      version,
      state,
      snapshotNo,
      ...(figures.left === undefined ? {} : { left: figures.left }),
      targets: figures.targets,
      flags: figures.flags,
      ledger: figures.ledger,
      recordedAt: clock.now().toISOString(),
    };
    return {
      id: newId(),
      assessmentYearId: year.id,
      personId: person.id,
      unitPath: person.unitPath,
      version,
      state,
      snapshotNo,
      met:
        figures.targets.length > 0 &&
        figures.targets.every((target) => target.met || target.state === 'exempt'),
      figuresDigest: digestOf([FEED_FORMAT, unit.code, figures, state, snapshotNo]),
      statement: content,
      jws: await signer.sign(content),
    };
  };

  /** The unit to which each of some people belonged on the day of a moment. */
  const unitsOn = async (persons: readonly Person[], moment: Date): Promise<Map<Id, FeedUnit>> => {
    const day = toCivilDate(moment);
    const unitIds = new Map(persons.map((person) => [person.id, homeUnitOn(person, day)]));
    const found = await units.listByIds([...new Set(unitIds.values())]);
    const byId = new Map(found.map(({ id, code, name }) => [id, { code, name }]));
    return new Map([...unitIds].map(([personId, unitId]) => [personId, byId.get(unitId)!]));
  };

  /** Writes a line for each person whose figures differ from the newest one. Returns how many were written. */
  const writeLines = async (
    year: AssessmentYear,
    persons: readonly Person[],
    until: Date,
    snapshotNo: number | null,
  ): Promise<number> => {
    const [figures, unitOf, latest] = await Promise.all([
      statement.figuresOf(
        persons,
        year.referenceDate,
        until,
        snapshotNo === null ? null : decidedThrough(year),
      ),
      unitsOn(persons, until),
      feed.latestLines(
        year.id,
        persons.map((person) => person.id),
      ),
    ]);
    let written = 0;
    const overtaken: Person[] = [];
    for (const person of persons) {
      const known = latest.get(person.id);
      // A freeze is under way: its line is the person's last word of this year.
      if (snapshotNo === null && (known?.snapshotNo ?? 0) > year.snapshotNo) continue;
      const line = await lineOf(
        year,
        person,
        unitOf.get(person.id)!,
        figures.get(person.id)!,
        (known?.version ?? 0) + 1,
        snapshotNo,
      );
      if (known?.figuresDigest === line.figuresDigest) continue;
      if (await feed.tryInsert(line)) written += 1;
      else overtaken.push(person);
    }
    // Somebody else has written the same version meanwhile: looked at again, until nothing is left to say.
    return overtaken.length === 0
      ? written
      : written + (await writeLines(year, overtaken, until, snapshotNo));
  };

  /**
   * Whoever had a line and is no longer in the year's units gets a last one that asks for nothing, so that a person who
   * has left does not count for ever.
   */
  const writeLeavers = async (year: AssessmentYear, persons: readonly Person[]): Promise<number> => {
    const [latest, unitOf] = await Promise.all([
      feed.latestLines(
        year.id,
        persons.map(({ id }) => id),
      ),
      unitsOn(persons, clock.now()),
    ]);
    let written = 0;
    for (const person of persons) {
      const known = latest.get(person.id);
      if (!known || known.state === 'frozen' || known.statement.left !== undefined) continue;
      const { ledger: head } = known.statement;
      const figures = { targets: [], flags: [], ledger: head, left: inPlaceSince(person) };
      const line = await lineOf(year, person, unitOf.get(person.id)!, figures, known.version + 1, null);
      if (await feed.tryInsert(line)) written += 1;
    }
    return written;
  };

  return {
    writeLines,

    /** One round: lines for people whose ledger has moved, in every open year they belong to. Returns false when nothing waits. */
    async refresh(): Promise<boolean> {
      const pending = await ledger.listFeedPending(BATCH);
      if (pending.length === 0) return false;
      const [persons, years] = await Promise.all([
        people.listByIds(pending.map((chain) => chain.personId)),
        assessmentYears.listOpen(),
      ]);
      for (const year of years) {
        const belongs = ({ status, unitPath }: Person): boolean =>
          status === 'active' && unitPath.includes(year.unitId);
        const written =
          (await writeLines(year, persons.filter(belongs), clock.now(), null)) +
          (await writeLeavers(
            year,
            persons.filter((person) => !belongs(person)),
          ));
        if (written > 0) publisher.publish({ type: 'feed:changed', assessmentYearId: year.id });
      }
      await ledger.clearFeedPending(pending);
      return true;
    },

    /**
     * Has the feed speak also of those people of open years of whom nothing has been recorded yet; and on each new day look
     * at everybody again, since versions come into force, cycles end and balances lapse though no entry is new.
     */
    async includeEverybody(): Promise<void> {
      const units = [...new Set((await assessmentYears.listOpen()).map((year) => year.unitId))];
      if (units.length === 0) return;
      const ids = (await people.listActive(units)).map((person) => person.id);
      const day = toCivilDate(clock.now());
      if ((await settings.find(ASKED))?.day !== day) {
        await ledger.askFeed(ids);
        await settings.set(ASKED, { day });
        return;
      }
      const heads = await ledger.headsOf(ids);
      const empty = ids.filter((personId) => heads.get(personId)?.seq === 0);
      if (empty.length > 0) await ledger.openChains(empty);
    },

    /** Gives numbers to committed lines until none waits. */
    async sequence(): Promise<number> {
      let numbered = 0;
      for (;;) {
        const count = await feed.numberLines(BATCH);
        numbered += count;
        if (count < BATCH) return numbered;
      }
    },

    /** The years an API client may read, newest first. */
    async years(actor: ClientActor): Promise<FeedYear[]> {
      if (!actor.permissions.includes('feed:read')) return [];
      return assessmentYears.list(actor.assessmentYearIds ?? 'all');
    },

    /** A page of the signed feed after a cursor, for an API client. A year it was not given answers like a missing one. */
    async read(actor: ClientActor, yearId: Id, cursor: string, limit: number): Promise<FeedPage> {
      if (!canReadFeed(actor, yearId) || !(await assessmentYears.findById(yearId)))
        throw new AppError('NOT_FOUND');
      const found = await feed.listAfter(yearId, Number(cursor), limit + 1);
      const items = found
        .slice(0, limit)
        .map(({ seq, statement: content, jws }) => ({ seq, statement: content, jws }));
      return { items, nextCursor: String(items.at(-1)?.seq ?? Number(cursor)), more: found.length > limit };
    },

    publicKeys: () => signer.publicKeys(),
  };
}
