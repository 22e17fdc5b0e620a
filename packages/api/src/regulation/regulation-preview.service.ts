import type {
  CreditLedgerRepository,
  RegulationHead,
  RegulationRepository,
  SettledFacts,
} from '@cadre/db/credit';
import type { PersonRepository, UnitRepository } from '@cadre/db/identity';
import type { PreviewRepository, RegulationDraftRepository } from '@cadre/db/regulation';
import type { PersonActor } from '@cadre/domain/access';
import { addDays, AppError, toCivilDate, type CivilDate, type Id, type Page } from '@cadre/domain/core';
import { firstDayOf, lastDayOf, parseRegulation, type Activity, type Regulation } from '@cadre/domain/credit';
import type { Person, Unit } from '@cadre/domain/identity';
import { canReadCredits, digestOf, governingOn } from '@cadre/domain/ledger';
import {
  asIfInForce,
  canReadDraftsFor,
  canWriteRegulationFor,
  changeKinds,
  clausesNamed,
  compareActivities,
  compareTargets,
  englishNames,
  isUnmetOpen,
  noChanges,
  previewCycleOf,
  previewFlips,
  reckonBoth,
  withPeople,
  type FlipFilter,
  type PreviewAnswer,
  type PreviewBasis,
  type PreviewFlip,
  type PreviewFlipsInput,
  type PreviewPerson,
  type PreviewPersonInput,
  type PreviewQuestion,
  type PreviewRun,
  type PreviewView,
  type RecordedSource,
  type RegulationDraft,
  type StartPreviewInput,
  type TargetComparison,
} from '@cadre/domain/regulation';
import {
  allow,
  createAuditTrail,
  createStepwise,
  type AuditTrailDeps,
  type Ports,
  type StepwiseDeps,
} from '../core';
import { toCreditPerson } from '../credit/credit-person';
import { versionsBefore } from '../credit/governing-versions';
import type { RegulationService } from '../credit';

/** The kind of the jobs that carry a preview on. */
export const PREVIEW_JOB = 'regulation:preview';
/** People of one piece: one job, one transaction. */
const PIECE = 1000;
/** The first piece is small, and each one doubles what is done, so that progress shows at once. */
const FIRST_PIECE = 40;
/** People whose facts are read at once, while those before them are being reckoned. */
const READ_AHEAD = 100;
/** The first are fewer: nothing is reckoned until they are there. */
const FIRST_READ = 20;
/** A job's lease is a minute; whatever has not moved for longer than two waits for somebody. */
const STUCK_MILLIS = 150_000;

export interface RegulationPreviewDeps extends AuditTrailDeps, StepwiseDeps, Pick<Ports, 'publisher'> {
  ledger: Pick<CreditLedgerRepository, 'countEntriesWithin' | 'factsByPerson'>;
  people: Pick<PersonRepository, 'countActive' | 'findById' | 'listActiveAfter' | 'listByIds'>;
  previews: PreviewRepository;
  regulation: Pick<RegulationService, 'read'>;
  regulationDrafts: Pick<RegulationDraftRepository, 'findById'>;
  regulations: Pick<RegulationRepository, 'listApproved'>;
  units: Pick<UnitRepository, 'findById' | 'listByIds'>;
}

/** So many entries in a cycle are enough to tell what a version would do. */
const ENOUGH_ENTRIES = 1000;
/** A last cycle with so many times fewer entries than the running one tells little. */
const FEWER = 4;

export type RegulationPreviewService = ReturnType<typeof createRegulationPreviewService>;

/** What the people of one unit stand under before and after. */
interface Sides extends Pick<PreviewQuestion, 'before' | 'after'> {
  readonly replaces: number | null;
}

/**
 * Who changes state when a draft takes the place of what is in force (换版预演): everybody the draft would govern,
 * their recorded facts settled and evaluated under both, as of the end of a cycle. It writes no entry. A preview goes
 * on piece by piece as a recomputation does, so whoever began it may leave.
 */
export function createRegulationPreviewService(deps: RegulationPreviewDeps, pieceSize = PIECE) {
  const { database, ledger, people, previews, regulationDrafts, regulations, units } = deps;
  const { clock, systemClock, newId, publisher, regulation: texts } = deps;
  const trail = createAuditTrail(deps);
  const stepwise = createStepwise<PreviewRun, PreviewFlip>(PREVIEW_JOB, previews, deps);
  const today = () => toCivilDate(clock.now());

  /** The text of the run at work is read once, not for every piece. */
  let lastRead: { digest: string; rules: Regulation } | null = null;
  const rulesOf = (text: string, digest: string): Regulation => {
    if (lastRead?.digest === digest) return lastRead.rules;
    const parsed = parseRegulation(text);
    if (!parsed.ok) throw new Error('a draft cannot be read any more');
    lastRead = { digest, rules: parsed.regulation };
    return parsed.regulation;
  };

  const openDraft = async (
    actor: PersonActor,
    draftId: Id,
  ): Promise<{ draft: RegulationDraft; unit: Unit }> => {
    const draft = await regulationDrafts.findById(draftId);
    const unit = draft && (await units.findById(draft.unitId));
    if (!draft || !unit || !canReadDraftsFor(actor, unit.path)) throw new AppError('NOT_FOUND');
    return { draft, unit };
  };

  /** A draft may since have moved to another unit: a preview is its readers' who answer for all the people in it. */
  const isReadable = async (actor: PersonActor, run: PreviewRun): Promise<boolean> => {
    const unit = await units.findById(run.unitId);
    return unit !== null && canReadDraftsFor(actor, unit.path);
  };

  const openRun = async (actor: PersonActor, runId: Id): Promise<PreviewRun> => {
    const run = await previews.findRun(runId);
    if (!run || !(await isReadable(actor, run))) throw new AppError('NOT_FOUND');
    return run;
  };

  /** The versions a draft competes with: those of its regulation that were approved before it. */
  const rivalsOf = async ({ code, version }: Pick<RegulationDraft, 'code' | 'version'>) =>
    (await regulations.listApproved()).filter((head) => head.code === code && head.version < version);

  /** The version in force on the eve of the draft's day: the one it takes the place of. */
  const replacedBy = (heads: readonly RegulationHead[], unitPath: readonly Id[], against: CivilDate) =>
    governingOn(heads, unitPath, against)[0] ?? null;

  const eveOf = ({ effective }: Regulation): CivilDate => {
    const eve = addDays(effective.from, -1);
    return eve > today() ? eve : today();
  };

  /**
   * The two regulations for people of a unit, either as if it had come into force with the cycle (or earlier, where it
   * did): what was done before, and cycles that ended before, stay with the versions that governed then.
   */
  const sidesOf = async (run: PreviewRun) => {
    const heads = await rivalsOf(run);
    const draft = rulesOf(run.text, run.textDigest);
    const begun = asIfInForce(draft, run.cycle.from);
    const known = new Map<string, Promise<Sides>>();
    // What follows from a regulation is kept by its object: one for all units.
    const dated = new Map<string, Regulation>();
    const since = (rules: Regulation, from: CivilDate): Regulation => {
      const key = `${rules.version} ${from}`;
      const made = dated.get(key) ?? asIfInForce(rules, from);
      dated.set(key, made);
      return made;
    };
    const make = async (unitPath: readonly Id[]): Promise<Sides> => {
      const governs = async (day: CivilDate): Promise<Regulation[]> =>
        Promise.all(governingOn(heads, unitPath, day).map((head) => texts.read(head.code, head.version)));
      const earlier = await versionsBefore(begun, governs);
      const replaced = replacedBy(heads, unitPath, run.against);
      const rules = replaced && (await texts.read(replaced.code, replaced.version));
      const before =
        rules &&
        (earlier[0]?.version === rules.version
          ? { rules: since(rules, rules.effective.from), before: earlier.slice(1) }
          : { rules: since(rules, run.cycle.from), before: earlier });
      return { before, after: { rules: begun, before: earlier }, replaces: replaced?.version ?? null };
    };
    return (unitPath: readonly Id[]): Promise<Sides> => {
      const key = unitPath.join(' ');
      const made = known.get(key) ?? make(unitPath);
      known.set(key, made);
      return made;
    };
  };

  const sourcesOf = (facts: SettledFacts[]): RecordedSource[] =>
    facts
      .sort((a, b) => (a.source.id < b.source.id ? -1 : a.source.id > b.source.id ? 1 : 0))
      .map(({ title, activities }) => ({ title, activities: activities as unknown as Activity[] }));

  const factsOf = async (personId: Id): Promise<RecordedSource[]> => {
    const [recorded] = await ledger.factsByPerson([personId]);
    return recorded ? sourcesOf(recorded[1]) : [];
  };

  /** People with their facts, each as it is asked for; those of the next read while the ones before are being reckoned. */
  async function* withFacts(persons: readonly Person[]): AsyncGenerator<[Person, RecordedSource[]]> {
    const read = (start: number, end: number) => {
      const group = new Map(persons.slice(start, end).map((person) => [person.id, person]));
      const facts = ledger.factsByPerson([...group.keys()]);
      // It is awaited when its turn comes; until then a failure must not count as unheard.
      facts.catch(() => undefined);
      return { group, facts };
    };
    let next = read(0, FIRST_READ);
    for (let start = FIRST_READ; next.group.size > 0; start += READ_AHEAD) {
      const { group, facts } = next;
      const recorded = await facts;
      next = read(start, start + READ_AHEAD);
      for (const [personId, own] of recorded) {
        const person = group.get(personId);
        if (person) yield [person, sourcesOf(own)];
        group.delete(personId);
      }
      for (const person of group.values()) yield [person, []];
    }
  }

  const piece = async (run: PreviewRun): Promise<{ next: PreviewRun; found: PreviewFlip[] }> => {
    const size = Math.min(pieceSize, Math.max(FIRST_PIECE, run.peopleDone));
    const persons = await people.listActiveAfter(run.unitId, run.cursor, size);
    const [known, sides] = await Promise.all([
      units.listByIds([...new Set(persons.map(({ unitId }) => unitId))]),
      sidesOf(run),
    ]);
    const nameOf = new Map(known.map(({ id, name }) => [id, name]));
    const unitOf = ({ unitId }: Person): Unit['name'] => nameOf.get(unitId) ?? { zh: '—', en: '—' };
    const day = today();
    const compared = new Map<Id, TargetComparison[]>();
    const withinCycle = new Set<Id>();
    for await (const [person, sources] of withFacts(persons)) {
      const { before, after } = await sides(person.unitPath);
      const { cycle } = run;
      compared.set(
        person.id,
        previewFlips({ person: toCreditPerson(person, day), sources, before, after, cycle }),
      );
      const hasFacts = sources.some(({ activities }) =>
        activities.some((one) => lastDayOf(one) >= cycle.from && firstDayOf(one) <= cycle.to),
      );
      if (hasFacts) withinCycle.add(person.id);
    }
    // Facts come in no order that people know: what was found is kept in that of the person numbers.
    const found = persons.flatMap((person) =>
      (compared.get(person.id) ?? []).flatMap(({ change, target, name, before, after, reasons }) =>
        change === null
          ? []
          : {
              id: newId(),
              runId: run.id,
              rank: changeKinds.indexOf(change),
              change,
              personId: person.id,
              personNo: person.personNo,
              name: person.name,
              unitId: person.unitId,
              unit: unitOf(person),
              target,
              targetName: name,
              before,
              after,
              reasons: [...reasons],
            },
      ),
    );
    const looked = persons.map((person) => ({
      unitId: person.unitId,
      unit: unitOf(person),
      changes: (compared.get(person.id) ?? []).flatMap(({ change, ...sides }) =>
        change === null ? [] : { change, isOpen: isUnmetOpen(sides) },
      ),
      hasFacts: withinCycle.has(person.id),
    }));
    const isOver = persons.length < size;
    const next: PreviewRun = {
      ...run,
      ...withPeople(run, looked),
      cursor: persons.at(-1)?.personNo ?? run.cursor,
      movedAt: systemClock.now(),
      ...(isOver ? { state: 'done', finishedAt: clock.now() } : {}),
    };
    return { next, found };
  };

  const englishOf = async ({ code, replaces: [replaced], text, textDigest }: PreviewRun) =>
    englishNames(replaced === undefined ? null : await texts.read(code, replaced), rulesOf(text, textDigest));

  const viewOf = async (
    run: PreviewRun,
    draft: RegulationDraft,
    replaces: readonly number[],
  ): Promise<PreviewView> => {
    const { text: _text, textDigest, by, against: _against, ...shown } = run;
    const [[author], english] = await Promise.all([people.listByIds([by]), englishOf(run)]);
    return {
      ...shown,
      by: author?.name ?? '',
      english: { ...english },
      isOutdated:
        textDigest !== digestOf(draft.text) ||
        run.unitId !== draft.unitId ||
        // What an approved version took the place of is history; what comes after it says nothing about its preview.
        (draft.state !== 'approved' && run.replaces.join() !== replaces.join()),
      isStuck: run.state === 'running' && systemClock.now().getTime() - run.movedAt.getTime() > STUCK_MILLIS,
    };
  };

  /** What a draft would be previewed against today. */
  const groundOf = async (draft: RegulationDraft, unit: Unit) => {
    const textDigest = digestOf(draft.text);
    const rules = rulesOf(draft.text, textDigest);
    const against = eveOf(rules);
    const replaced = replacedBy(await rivalsOf(draft), unit.path, against);
    const ruling = replaced ? await texts.read(replaced.code, replaced.version) : rules;
    return { textDigest, against, replaces: replaced ? [replaced.version] : [], ruling };
  };

  const rows = ({ runId: _run, rank: _rank, ...row }: PreviewFlip) => row;

  return {
    /** Begins a preview of a draft; where one is running, that one goes on and is the answer. */
    async start(actor: PersonActor, { draftId, basis }: StartPreviewInput): Promise<PreviewView> {
      const { draft, unit } = await openDraft(actor, draftId);
      allow(canWriteRegulationFor(actor, unit.path));
      if (draft.state === 'approved') throw new AppError('CHANGED_MEANWHILE');
      const { textDigest, against, replaces, ruling } = await groundOf(draft, unit);
      const run: PreviewRun = {
        id: newId(),
        draftId,
        code: draft.code,
        version: draft.version,
        text: draft.text,
        textDigest,
        unitId: draft.unitId,
        basis,
        cycle: previewCycleOf(ruling, basis, today()),
        against,
        replaces,
        by: actor.personId,
        startedAt: clock.now(),
        state: 'running',
        cursor: null,
        movedAt: systemClock.now(),
        finishedAt: null,
        people: await people.countActive([draft.unitId]),
        peopleDone: 0,
        peopleChanged: 0,
        peopleWithFacts: 0,
        tallies: noChanges(),
        units: [],
      };
      const { code, version, cycle } = run;
      const noted = { id: run.id, draftId, code, version, basis, cycle, textDigest };
      try {
        await database.transaction(async (tx) => {
          await stepwise.begin(run, tx);
          await trail.created(actor, 'regulation:preview-started', 'regulation-preview', noted, tx);
        });
      } catch (error) {
        const running = previews.isAlreadyRunning(error)
          ? await previews.findNewest(draftId, 'running')
          : null;
        if (!running) throw error;
        if (!(await isReadable(actor, running))) throw new AppError('CHANGED_MEANWHILE');
        return viewOf(running, draft, replaces);
      }
      publisher.publish({ type: 'regulation:previewed', draftId });
      return viewOf(run, draft, replaces);
    },

    /**
     * One piece of a preview. Does nothing when it has been cancelled, or another has done it; one that was begun in the
     * moment in which its draft was given up goes the way of the draft.
     */
    async step(runId: Id): Promise<void> {
      const begun = await previews.findRun(runId);
      if (begun && !(await regulationDrafts.findById(begun.draftId))) {
        await previews.removeOf(begun.draftId);
        return;
      }
      const next = await stepwise.step(runId, piece);
      if (!next) return;
      if (next.state === 'done') await previews.removeReplaced(next.draftId, next.id);
      publisher.publish({ type: 'regulation:previewed', draftId: next.draftId });
    },

    /** Ends a preview that is running; what it has found so far goes with it. */
    async cancel(actor: PersonActor, runId: Id): Promise<void> {
      const run = await openRun(actor, runId);
      const unit = await units.findById(run.unitId);
      allow(unit !== null && canWriteRegulationFor(actor, unit.path));
      await database.transaction(async (tx) => {
        if (!(await previews.tryCancel(runId, clock.now(), tx))) throw new AppError('CHANGED_MEANWHILE');
        const subject = { kind: 'regulation-preview', id: runId };
        await trail.changed(actor, 'regulation:preview-cancelled', subject, run, { state: 'cancelled' }, tx);
      });
      await previews.removeReplaced(run.draftId, null);
      publisher.publish({ type: 'regulation:previewed', draftId: run.draftId });
    },

    /** How the preview of a draft stands: the one that runs, and the newest result. */
    async read(actor: PersonActor, draftId: Id): Promise<PreviewAnswer> {
      const { draft, unit } = await openDraft(actor, draftId);
      const [{ replaces, ruling }, running, result] = await Promise.all([
        groundOf(draft, unit),
        previews.findNewest(draftId, 'running'),
        previews.findNewest(draftId, 'done'),
      ]);
      const offer = async (basis: PreviewBasis) => {
        const cycle = previewCycleOf(ruling, basis, today());
        const count = await ledger.countEntriesWithin(cycle, ENOUGH_ENTRIES);
        return { count, cycle: { ...cycle, hasFacts: count > 0 } };
      };
      const [last, current] = await Promise.all([offer('last'), offer('current')]);
      const show = async (run: PreviewRun | null): Promise<PreviewView | null> =>
        run && (await isReadable(actor, run)) ? viewOf(run, draft, replaces) : null;
      return {
        running: await show(running),
        result: await show(result),
        cycles: { last: last.cycle, current: current.cycle },
        suggested: last.count * FEWER < current.count ? 'current' : 'last',
        mayRun: draft.state !== 'approved' && canWriteRegulationFor(actor, unit.path),
      };
    },

    async flips(
      actor: PersonActor,
      { runId, page, pageSize, ...filter }: PreviewFlipsInput,
    ): Promise<Page<ReturnType<typeof rows>>> {
      await openRun(actor, runId);
      const found = await previews.listFlips(runId, filter, { page, pageSize });
      return { ...found, items: found.items.map(rows) };
    },

    /** Everything a filter leaves, for a file. */
    async allFlips(actor: PersonActor, runId: Id, filter: FlipFilter) {
      const run = await openRun(actor, runId);
      const [english, rows] = await Promise.all([englishOf(run), previews.listAllFlips(runId, filter)]);
      return { run, english, rows };
    },

    /** One person's two results side by side, reckoned from what is recorded now. */
    async person(actor: PersonActor, { runId, personId }: PreviewPersonInput): Promise<PreviewPerson> {
      const run = await openRun(actor, runId);
      const person = await people.findById(personId);
      if (!person?.unitPath.includes(run.unitId) || !canReadCredits(actor, person))
        throw new AppError('NOT_FOUND');
      const [[unit], sources, sides] = await Promise.all([
        units.listByIds([person.unitId]),
        factsOf(person.id),
        sidesOf(run),
      ]);
      const { before, after, replaces } = await sides(person.unitPath);
      const both = reckonBoth({
        person: toCreditPerson(person, today()),
        sources,
        before,
        after,
        cycle: run.cycle,
      });
      const targets = compareTargets(both, run.cycle);
      return {
        personId: person.id,
        personNo: person.personNo,
        name: person.name,
        unit: unit?.name ?? { zh: '—', en: '—' },
        cycle: run.cycle,
        replaces,
        version: run.version,
        targets: targets.map((target) => ({ ...target, reasons: [...target.reasons] })),
        activities: compareActivities(both).map(({ before: was, after: is, ...row }) => ({
          ...row,
          before: was && { earned: [...was.earned], why: [...was.why] },
          after: { earned: [...is.earned], why: [...is.why] },
        })),
        clauses: clausesNamed(targets, before?.rules ?? null, after.rules),
      };
    },
  };
}
