import type { RegulationRepository } from '@cadre/db/credit';
import type { Database } from '@cadre/db/core';
import type { PersonRepository, UnitRepository } from '@cadre/db/identity';
import type {
  PreviewRepository,
  RegulationDraftRepository,
  RegulationExampleRepository,
} from '@cadre/db/regulation';
import type { PersonActor } from '@cadre/domain/access';
import { AppError, toCivilDate, type Id } from '@cadre/domain/core';
import { inBoth, parseRegulation, type Regulation } from '@cadre/domain/credit';
import type { RegulationRecord } from '@cadre/domain/ledger';
import {
  asIfInForce,
  canReadDraftsFor,
  canReadRegulations,
  canWriteRegulationFor,
  canWriteRegulations,
  clauseData,
  compareRegulations,
  expectedOf,
  firstFacts,
  isSecondPerson,
  isTooEarly,
  returnedFor,
  runFacts,
  startsInPast,
  stateOn,
  tellDifferences,
  versionAfter,
  type AcceptedResult,
  type AcceptResultInput,
  type CompareInput,
  type DraftInput,
  type ExampleOutcome,
  type FactsRun,
  type KeepExampleInput,
  type RegulationComparison,
  type RegulationDraft,
  type RegulationExample,
  type RegulationFile,
  type RegulationRow,
  type ReturnDraftInput,
  type SaveDraftInput,
  type SavedDraft,
  type VersionInput,
} from '@cadre/domain/regulation';
import { allow, createAuditTrail, type AuditTrailDeps, type Ports } from '../core';
import { readRecorded, type ReadRegulation } from '../credit/read-recorded';

interface RegulationDeskDeps extends AuditTrailDeps, Pick<Ports, 'publisher'> {
  database: Pick<Database, 'transaction'>;
  regulations: Pick<RegulationRepository, 'list' | 'insert'>;
  regulationDrafts: RegulationDraftRepository;
  regulationExamples: RegulationExampleRepository;
  previews: Pick<PreviewRepository, 'findNewest' | 'removeOf'>;
  units: Pick<UnitRepository, 'findById' | 'listByIds'>;
  people: Pick<PersonRepository, 'listByIds'>;
}

/** One version of one regulation, approved or on its way. */
interface Version {
  readonly code: string;
  readonly version: number;
  readonly unitId: Id;
  readonly text: string;
  readonly record: RegulationRecord | null;
  readonly draft: RegulationDraft | null;
}

export type RegulationDeskService = ReturnType<typeof createRegulationDeskService>;

/** Regulations from the first draft to the day they are in force: read, tried, compared, and approved by two people. */
export function createRegulationDeskService(deps: RegulationDeskDeps) {
  const { database, regulations, regulationDrafts, regulationExamples, previews, units, people } = deps;
  const { clock, newId, publisher } = deps;
  const trail = createAuditTrail(deps);
  const today = () => toCivilDate(clock.now());
  const tellScreens = () => publisher.publish({ type: 'regulation:changed' });

  /** Every version the actor may read, by code, newest first. */
  const visible = async (actor: PersonActor): Promise<Version[]> => {
    const [records, drafts] = await Promise.all([regulations.list(), regulationDrafts.list()]);
    const unitIds = [...new Set(drafts.map(({ unitId }) => unitId))];
    const pathOf = new Map((await units.listByIds(unitIds)).map(({ id, path }) => [id, path]));
    const draftOf = new Map(drafts.map((draft) => [`${draft.code} ${draft.version}`, draft]));
    const approved = records.map((record) => ({
      ...record,
      record,
      draft: draftOf.get(`${record.code} ${record.version}`) ?? null,
    }));
    const open = drafts.filter(
      ({ state, unitId }) => state !== 'approved' && canReadDraftsFor(actor, pathOf.get(unitId) ?? []),
    );
    return [...approved, ...open.map((draft) => ({ ...draft, record: null, draft }))].sort(
      (one, other) => one.code.localeCompare(other.code) || other.version - one.version,
    );
  };

  const find = async (actor: PersonActor, { code, version }: VersionInput): Promise<Version> => {
    const found = (await visible(actor)).find((one) => one.code === code && one.version === version);
    if (!found) throw new AppError('NOT_FOUND');
    return found;
  };

  /** The rules of a stored version; only what could be read was stored. */
  const readText = ({ code, version, text, record }: Version): ReadRegulation => {
    if (record) return readRecorded(record);
    const parsed = parseRegulation(text);
    if (!parsed.ok) throw new Error(`draft ${code} ${version} cannot be read any more`);
    return parsed;
  };
  const rulesOf = (version: Version): Regulation => readText(version).regulation;

  const rowsOf = async (
    actor: PersonActor,
    versions: readonly Version[],
    all: readonly Version[],
  ): Promise<RegulationRow[]> => {
    const heads = all.flatMap(({ record }) => (record ? [record] : []));
    const personIds = versions.flatMap(({ draft }) =>
      draft ? [draft.authorId, ...(draft.decidedBy === null ? [] : [draft.decidedBy])] : [],
    );
    const [known, named] = await Promise.all([
      units.listByIds([...new Set(versions.map(({ unitId }) => unitId))]),
      people.listByIds([...new Set(personIds)]),
    ]);
    const unitOf = new Map(known.map((unit) => [unit.id, unit.name]));
    const nameOf = new Map(named.map(({ id, name }) => [id, name]));
    return versions.map((one) => {
      const rules = rulesOf(one);
      const { title, source, effective } = rules;
      const { record, draft } = one;
      return {
        code: one.code,
        version: one.version,
        title: inBoth(title, rules),
        issuer: inBoth(source.issuer, rules),
        number: source.number ?? null,
        unitId: one.unitId,
        unit: unitOf.get(one.unitId) ?? { zh: '', en: '' },
        state: record ? stateOn(record, heads, today()) : draft?.state === 'waiting' ? 'waiting' : 'draft',
        effectiveFrom: effective.from,
        effectiveTo: effective.to ?? null,
        author: draft ? (nameOf.get(draft.authorId) ?? null) : null,
        approver: record && draft?.decidedBy ? (nameOf.get(draft.decidedBy) ?? null) : null,
        approvedAt: record ? (draft?.decidedAt ?? record.recordedAt) : null,
        isAuthor: draft !== null && !isSecondPerson(draft, actor.personId),
        returned: draft && returnedFor(draft),
      };
    });
  };

  const outcomeOf = (
    regulation: Regulation,
    example: RegulationExample,
    accepted: readonly AcceptedResult[],
  ): ExampleOutcome => {
    const { id, title, facts } = example;
    const { expected, since } = expectedOf(example, accepted, regulation.version);
    const run = runFacts(regulation, facts);
    if (!run.ok) return { id, title, facts, since, holds: false, differences: [], errors: run.errors };
    const differences = tellDifferences(JSON.parse(expected), JSON.parse(run.report), regulation);
    return { id, title, facts, since, holds: differences.length === 0, differences, errors: [] };
  };

  /** Examples have the days of when they were kept: a version is tried as if it had been in force since the regulation began. */
  const triedAs = (found: Version, all: readonly Version[]): Regulation => {
    const rules = rulesOf(found);
    const begins = all.filter(({ code }) => code === found.code).map((one) => rulesOf(one).effective.from);
    return asIfInForce(
      rules,
      begins.reduce((first, day) => (day < first ? day : first), rules.effective.from),
    );
  };
  /** Results that were accepted for drafts or versions that are still there. */
  const acceptedFor = async (code: string): Promise<AcceptedResult[]> => {
    const [accepted, drafts] = await Promise.all([
      regulationExamples.listAccepted(code),
      regulationDrafts.list(),
    ]);
    return accepted.filter(({ draftId }) => draftId === undefined || drafts.some(({ id }) => id === draftId));
  };

  const findTried = async (actor: PersonActor, input: VersionInput) => {
    const all = await visible(actor);
    const found = all.find(({ code, version }) => code === input.code && version === input.version);
    if (!found) throw new AppError('NOT_FOUND');
    return { found, tried: triedAs(found, all) };
  };

  const writableUnit = async (actor: PersonActor, unitId: Id): Promise<boolean> => {
    const unit = await units.findById(unitId);
    return unit !== null && canWriteRegulationFor(actor, unit.path);
  };

  /** The draft whose preview is there to be looked at; of an approved version only where there is a result. */
  const previewOf = async (actor: PersonActor, { draft, record }: Version): Promise<Id | null> => {
    if (!draft || !record) return draft?.id ?? null;
    const [unit, result] = await Promise.all([
      units.findById(draft.unitId),
      previews.findNewest(draft.id, 'done'),
    ]);
    return unit && result && canReadDraftsFor(actor, unit.path) ? draft.id : null;
  };

  /** A draft for whose unit the actor writes regulations. */
  const getDraft = async (actor: PersonActor, draftId: Id): Promise<RegulationDraft> => {
    const draft = await regulationDrafts.findById(draftId);
    const unit = draft && (await units.findById(draft.unitId));
    if (!draft || !unit || !canReadDraftsFor(actor, unit.path)) throw new AppError('NOT_FOUND');
    allow(canWriteRegulationFor(actor, unit.path));
    return draft;
  };

  /** The rules of a draft, which begin tomorrow or later: what is settled is never settled anew by a text of today. */
  const comingIntoForce = ({ text }: RegulationDraft): Regulation => {
    const parsed = parseRegulation(text);
    if (!parsed.ok) throw new AppError('CHANGED_MEANWHILE');
    const { from } = parsed.regulation.effective;
    if (isTooEarly(from, today())) throw new AppError('REGULATION_STARTS_IN_PAST', { from, today: today() });
    return parsed.regulation;
  };

  return {
    /** Every version the actor may read, by regulation, newest first. */
    async list(actor: PersonActor): Promise<RegulationRow[]> {
      allow(canReadRegulations(actor));
      const all = await visible(actor);
      return rowsOf(actor, all, all);
    },

    /** One version: its clauses beside their data, and its examples run on it. */
    async read(actor: PersonActor, input: VersionInput): Promise<RegulationFile> {
      allow(canReadRegulations(actor));
      const all = await visible(actor);
      const found = all.find(({ code, version }) => code === input.code && version === input.version);
      if (!found) throw new AppError('NOT_FOUND');
      const [rows, examples, accepted, mayWrite, previewed] = await Promise.all([
        rowsOf(
          actor,
          all.filter(({ code }) => code === input.code),
          all,
        ),
        regulationExamples.listByCode(input.code),
        acceptedFor(input.code),
        writableUnit(actor, found.unitId),
        previewOf(actor, found),
      ]);
      const row = rows.find(({ version }) => version === input.version);
      if (!row) throw new AppError('NOT_FOUND');
      const { regulation, notes } = readText(found);
      const tried = triedAs(found, all);
      const data = clauseData(regulation);
      const { draft, record } = found;
      const past = record ? [] : startsInPast(found.text, regulation, today());
      return {
        ...row,
        text: found.text,
        clauses: data.clauses,
        rest: data.rest,
        notes: [...past, ...notes],
        examples: examples.map((example) => outcomeOf(tried, example, accepted)),
        examplesSince: tried.effective.from < regulation.effective.from ? tried.effective.from : null,
        firstFacts: firstFacts(tried, today()),
        versions: rows.map(({ code, version, state }) => ({ code, version, state })),
        draft: draft && !record ? { id: draft.id, revision: draft.revision, remark: draft.remark } : null,
        previewOf: previewed,
        may: {
          write: mayWrite,
          submit: mayWrite && row.isAuthor && row.state === 'draft',
          decide: mayWrite && row.state === 'waiting',
        },
        isTooEarly: !record && isTooEarly(row.effectiveFrom, today()),
      };
    },

    /** What a version makes of a facts file. */
    async tryFacts(
      actor: PersonActor,
      { facts, ...input }: VersionInput & { facts: string },
    ): Promise<FactsRun> {
      allow(canReadRegulations(actor));
      return runFacts((await findTried(actor, input)).tried, facts);
    },

    async compare(actor: PersonActor, { code, left, right }: CompareInput): Promise<RegulationComparison> {
      allow(canReadRegulations(actor));
      const [before, after] = await Promise.all([
        find(actor, { code, version: left }),
        find(actor, { code, version: right }),
      ]);
      return compareRegulations(rulesOf(before), rulesOf(after));
    },

    /** Keeps facts with the result of this run; every version is held against it from now on. */
    async keepExample(actor: PersonActor, { title, facts, ...input }: KeepExampleInput): Promise<FactsRun> {
      allow(canWriteRegulations(actor));
      const { found, tried } = await findTried(actor, input);
      allow(await writableUnit(actor, found.unitId));
      const run = runFacts(tried, facts);
      if (!run.ok) return run;
      const example: RegulationExample = {
        id: newId(),
        code: input.code,
        title,
        facts,
        expected: run.report,
        authorId: actor.personId,
        recordedAt: clock.now(),
      };
      await database.transaction(async (tx) => {
        if (!(await regulationExamples.tryInsert(example, tx))) throw new AppError('DUPLICATE');
        await trail.created(actor, 'regulation:example-kept', 'regulation-example', example, tx);
      });
      tellScreens();
      return run;
    },

    /** Takes what the author's own draft makes of an example as the result that is expected from it on. */
    async acceptResult(actor: PersonActor, { exampleId, ...input }: AcceptResultInput): Promise<void> {
      allow(canWriteRegulations(actor));
      const { found, tried } = await findTried(actor, input);
      const { draft } = found;
      allow(await writableUnit(actor, found.unitId));
      if (draft?.state !== 'draft') throw new AppError('NOT_ALLOWED');
      allow(!isSecondPerson(draft, actor.personId));
      const examples = await regulationExamples.listByCode(input.code);
      const example = examples.find(({ id }) => id === exampleId);
      if (!example) throw new AppError('NOT_FOUND');
      const run = runFacts(tried, example.facts);
      if (!run.ok) throw new AppError('CHANGED_MEANWHILE');
      const result: AcceptedResult = {
        id: newId(),
        code: input.code,
        exampleId,
        version: input.version,
        draftId: draft.id,
        expected: run.report,
        authorId: actor.personId,
        recordedAt: clock.now(),
      };
      const accepted = { ...result, title: example.title };
      await database.transaction(async (tx) => {
        await regulationExamples.accept(result, tx);
        await trail.created(actor, 'regulation:example-accepted', 'regulation-example', accepted, tx);
      });
      tellScreens();
    },

    /** Stores what an author wrote, when the format takes it; the answer says what it does not take. */
    async saveDraft(
      actor: PersonActor,
      { draftId, revision, unitId, text }: SaveDraftInput,
    ): Promise<SavedDraft> {
      allow(canWriteRegulations(actor));
      if (!(await writableUnit(actor, unitId))) throw new AppError('NOT_FOUND');
      const known = draftId === null ? null : await getDraft(actor, draftId);
      const parsed = parseRegulation(text);
      if (!parsed.ok) return { ok: false, errors: parsed.errors };
      const { id: code, version } = parsed.regulation;
      const [records, drafts] = await Promise.all([regulations.list(), regulationDrafts.list()]);
      if (known && (known.code !== code || known.version !== version))
        throw new AppError('REGULATION_VERSION_FIXED', { code: known.code, version: known.version });
      if (records.some((record) => record.code === code && record.version >= version))
        throw new AppError('REGULATION_VERSION_TAKEN', { code, version });
      const next = versionAfter([...records, ...drafts], code);
      if (!known && next !== null && version > next)
        throw new AppError('REGULATION_VERSION_SKIPPED', { code, version, next });
      const writtenAt = clock.now();
      await database.transaction(async (tx) => {
        if (known && revision !== null) {
          const own = { id: known.id, revision, authorId: actor.personId };
          if (!(await regulationDrafts.tryRewrite(own, { text, unitId, writtenAt }, tx)))
            throw new AppError('CHANGED_MEANWHILE');
          const subject = { kind: 'regulation-draft', id: known.id };
          await trail.changed(actor, 'regulation:draft-rewritten', subject, known, { text, unitId }, tx);
          return;
        }
        const draft: RegulationDraft = {
          id: newId(),
          code,
          version,
          unitId,
          state: 'draft',
          text,
          authorId: actor.personId,
          writtenAt,
          remark: '',
          decidedBy: null,
          decidedAt: null,
          revision: 0,
        };
        if (!(await regulationDrafts.tryInsert(draft, tx)))
          throw new AppError('REGULATION_VERSION_TAKEN', { code, version });
        await trail.created(actor, 'regulation:draft-written', 'regulation-draft', draft, tx);
      });
      tellScreens();
      return { ok: true, code, version };
    },

    /** Gives up one's own draft with its previews; the version may be written anew. What it was stays in the audit trail. */
    async discard(actor: PersonActor, { draftId, revision }: DraftInput): Promise<void> {
      const draft = await getDraft(actor, draftId);
      await database.transaction(async (tx) => {
        const own = { id: draftId, revision, authorId: actor.personId };
        if (!(await regulationDrafts.tryDiscard(own, tx))) throw new AppError('CHANGED_MEANWHILE');
        await trail.removed(actor, 'regulation:draft-discarded', 'regulation-draft', draft, tx);
      });
      await previews.removeOf(draftId);
      tellScreens();
    },

    /** Hands one's own draft to a second person. */
    async submit(actor: PersonActor, { draftId, revision }: DraftInput): Promise<void> {
      const draft = await getDraft(actor, draftId);
      comingIntoForce(draft);
      await database.transaction(async (tx) => {
        const own = { id: draftId, revision, authorId: actor.personId };
        if (!(await regulationDrafts.trySubmit(own, tx))) throw new AppError('CHANGED_MEANWHILE');
        const subject = { kind: 'regulation-draft', id: draftId };
        await trail.changed(actor, 'regulation:draft-submitted', subject, draft, { state: 'waiting' }, tx);
      });
      tellScreens();
    },

    /** Sends a draft back to its author, saying why. */
    async sendBack(actor: PersonActor, { draftId, revision, remark }: ReturnDraftInput): Promise<void> {
      const draft = await getDraft(actor, draftId);
      await database.transaction(async (tx) => {
        if (!(await regulationDrafts.tryReturn(draftId, revision, actor.personId, remark, tx)))
          throw new AppError('CHANGED_MEANWHILE');
        const subject = { kind: 'regulation-draft', id: draftId };
        await trail.changed(
          actor,
          'regulation:draft-returned',
          subject,
          draft,
          { state: 'draft', remark },
          tx,
        );
      });
      tellScreens();
    },

    /** The second pair of eyes: from here on the version is frozen, and in force from its date of effect. */
    async approve(actor: PersonActor, { draftId, revision }: DraftInput): Promise<void> {
      const draft = await getDraft(actor, draftId);
      if (!isSecondPerson(draft, actor.personId)) throw new AppError('REGULATION_NEEDS_SECOND_PERSON');
      const { effective } = comingIntoForce(draft);
      const decidedAt = clock.now();
      const record: RegulationRecord = {
        id: newId(),
        code: draft.code,
        version: draft.version,
        unitId: draft.unitId,
        state: 'approved',
        effectiveFrom: effective.from,
        effectiveTo: effective.to ?? null,
        text: draft.text,
        recordedAt: decidedAt,
      };
      await database.transaction(async (tx) => {
        if (!(await regulationDrafts.tryApprove(draftId, revision, actor.personId, decidedAt, tx)))
          throw new AppError('CHANGED_MEANWHILE');
        await regulations.insert(record, tx);
        const subject = { kind: 'regulation-draft', id: draftId };
        await trail.changed(actor, 'regulation:approved', subject, draft, { state: 'approved' }, tx);
      });
      tellScreens();
    },
  };
}
