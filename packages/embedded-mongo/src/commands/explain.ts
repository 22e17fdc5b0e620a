import { Doc, Double, type Value } from '../bson';
import type { Collection } from '../engine/collection';
import { findDocuments, type Found, type Query } from '../engine/execute';
import type { IndexPlan, Plan } from '../engine/plan';
import { ErrorCode, fail } from '../errors';
import { compileFilter, compileProjection, compileSort, naturalDirection, rangeText } from '../query';
import { aggregate, aggregateTarget, checkSource, compileFor, headQuery } from './aggregate';
import { checkFields, count, document, documents, flag, hint, whole } from './arguments';
import { CommandContext } from './context';
import { findAndModify, readFindAndUpdate, readUpdate, remove, update } from './crud';
import type { CommandDefinition } from './definition';
import { distinct } from './distinct';
import { countDocuments, find } from './find';
import { SERVER_VERSION } from './instance';
import { filterOf, NO_FILTER } from './reading';
import { changeTest } from './write-statements';

const VERBOSITIES = ['queryPlanner', 'executionStats', 'allPlansExecution'];

/** What would be read, and what for. */
interface Explained {
  namespace: string;
  collection: Collection | undefined;
  query: Omit<Query, 'collection'>;
  /** The stages behind the query, for an aggregation. */
  stages: readonly Doc[];
  /** The command, whose own stage stands above the query when it does more than read. */
  command: string;
  statement: Doc;
  /** What a find shows of each document, unless all of it. */
  projection: { spec: Doc; isSimple: boolean } | undefined;
  /** Whether the command, an update, would change a document. */
  changes: ((doc: Doc) => boolean) | undefined;
}

/** What carrying the plan out has cost; undefined: it was not carried out. */
interface Executed {
  /** Documents that matched. */
  matched: number;
  /** Documents that came out of sort, skip and limit. */
  found: number;
  /** Those among them that an update would change. */
  changed: number;
  keysExamined: number;
  documentsExamined: number;
  /** Keys read of each index of a union. */
  keysOf: ReadonlyMap<IndexPlan, number>;
}

/** Tells how a command would find its documents, and what that costs; changes nothing. */
export const explain: CommandDefinition = {
  name: 'explain',
  fields: { explain: { required: 'document' }, verbosity: 'string' },
  run(context) {
    const inner = context.command.get('explain') as Doc;
    const verbosity = (context.command.get('verbosity') ?? 'allPlansExecution') as string;
    if (!VERBOSITIES.includes(verbosity)) {
      fail(
        ErrorCode.BadValue,
        `Enumeration value '${verbosity}' for field 'verbosity' is not a valid value.`,
      );
    }
    return explainCommand(context, inner, verbosity);
  },
};

/** An aggregation, or with its own `explain` how it would find its documents. */
export const aggregateOrExplain: CommandDefinition = {
  ...aggregate,
  run(context) {
    const { command } = context;
    if (!flag(command, 'explain')) return aggregate.run(context);
    if (context.transaction)
      fail(
        ErrorCode.OperationNotSupportedInTransaction,
        "Cannot run 'explain' in a multi-document transaction.",
      );
    const own = command
      .entries()
      .filter(([key]) => key !== 'explain' && Object.hasOwn(aggregate.fields, key));
    return explainCommand(context, Doc.from(own), 'queryPlanner');
  },
};

async function explainCommand(context: CommandContext, inner: Doc, verbosity: string): Promise<Doc> {
  const explained = explainedQuery(innerContext(context, inner));
  const { collection, stages } = explained;
  const { filter } = explained.query;
  let plan: Plan | undefined;
  let found = 0;
  let changed = 0;
  const keysOf = new Map<IndexPlan, number>();
  // An index may decide alone: then the filter is asked of no document.
  let tested = 0;
  let passed = 0;
  const started = performance.now();
  if (collection) {
    context.statistics.onKey = (branch) => keysOf.set(branch, (keysOf.get(branch) ?? 0) + 1);
    const matches = (doc: Doc): boolean => {
      tested++;
      const result = filter.matches(doc);
      if (result) passed++;
      return result;
    };
    const source = findDocuments(context.read, {
      ...explained.query,
      filter: { ...filter, matches },
      collection,
      onPlan: (chosen: Plan) => (plan = chosen),
    });
    if (verbosity === 'queryPlanner') source.next();
    else {
      await context.pull<Found>(source, ({ doc }) => {
        found++;
        if (explained.changes?.(doc)) changed++;
        return true;
      });
    }
  }
  const { keysExamined, documentsExamined } = context.statistics;
  const queryPlanner = Doc.of({
    namespace: explained.namespace,
    parsedQuery: filter.source,
    winningPlan: stagesOf(plan, explained, undefined),
    rejectedPlans: [],
  });
  const details = Doc.of({ queryPlanner });
  if (verbosity !== 'queryPlanner') {
    const matched = tested > 0 ? passed : documentsExamined;
    const executed = { matched, found, changed, keysExamined, documentsExamined, keysOf };
    const executionStages = stagesOf(plan, explained, executed);
    details.set(
      'executionStats',
      Doc.of({
        executionSuccess: true,
        nReturned: executionStages.get('nReturned'),
        executionTimeMillis: Math.round(performance.now() - started),
        totalKeysExamined: keysExamined,
        totalDocsExamined: documentsExamined,
        executionStages,
      }),
    );
  }
  const reply = Doc.of({ explainVersion: '1' });
  if (stages.length > 0) {
    reply.set('stages', [Doc.of({ $cursor: details }), ...stages]);
  } else {
    for (const [key, value] of details.entries()) reply.set(key, value);
  }
  reply.set('command', inner);
  reply.set('serverInfo', Doc.of({ host: context.instance.address, version: SERVER_VERSION }));
  return reply.set('ok', new Double(1));
}

function innerContext(context: CommandContext, inner: Doc): CommandContext {
  const name = inner.keys[0] ?? '';
  const definition = EXPLAINABLE.find((one) => one.name === name || one.aliases?.includes(name));
  if (!definition) {
    return fail(ErrorCode.CommandNotFound, `Explain failed due to unknown command: ${name}`);
  }
  checkFields(name, inner, definition.fields);
  return new CommandContext({
    instance: context.instance,
    connection: context.connection,
    request: { ...context.request, command: inner },
    name: definition.name,
    database: context.database,
  });
}

const EXPLAINABLE: readonly CommandDefinition[] = [
  find,
  aggregate,
  countDocuments,
  distinct,
  update,
  remove,
  findAndModify,
];

function explainedQuery(context: CommandContext): Explained {
  const { command, name } = context;
  if (name === 'aggregate') {
    const stages = command.get('pipeline') as Value[];
    const pipeline = compileFor(context, stages);
    const target = aggregateTarget(context);
    checkSource(target, pipeline);
    return {
      namespace: `${context.database}.${target ?? '$cmd.aggregate'}`,
      collection: target === undefined ? undefined : context.collection(target),
      query: headQuery(context, pipeline),
      stages: pipeline.rest,
      command: name,
      statement: command,
      projection: undefined,
      changes: undefined,
    };
  }
  const target = command.values[0];
  if (typeof target !== 'string') return fail(ErrorCode.InvalidNamespace, 'collection name has invalid type');
  const statement =
    name === 'update'
      ? documents(command, 'updates')?.[0]
      : name === 'delete'
        ? documents(command, 'deletes')?.[0]
        : command;
  if (!statement) return fail(ErrorCode.InvalidLength, 'explained write batches must be of size 1');
  const filterField = name === 'find' ? 'filter' : name === 'update' || name === 'delete' ? 'q' : 'query';
  const sort = document(statement, 'sort');
  const natural = sort && naturalDirection(sort) !== undefined;
  const one =
    name === 'findAndModify' ||
    (name === 'update' && !flag(statement, 'multi')) ||
    (name === 'delete' && whole(statement, 'limit') === 1);
  return {
    namespace: `${context.database}.${target}`,
    collection: context.collection(target),
    query: {
      filter: compileFilter(document(statement, filterField) ?? NO_FILTER, context.scope),
      sort: sort && sort.size > 0 && !natural ? compileSort(sort) : undefined,
      skip: count(name, statement, 'skip'),
      limit: one
        ? 1
        : name === 'delete' || name === 'update'
          ? undefined
          : Math.abs(whole(statement, 'limit') ?? 0),
      hint: natural ? sort : hint(statement),
    },
    stages: [],
    command: name,
    statement,
    projection: name === 'find' ? projectionOf(context) : undefined,
    changes: changesOf(context, statement),
  };
}

function projectionOf(context: CommandContext): Explained['projection'] {
  const spec = document(context.command, 'projection');
  if (!spec || spec.size === 0) return undefined;
  const filter = filterOf(context, 'filter');
  return { spec, isSimple: compileProjection(spec, { scope: context.scope, filter }).isSimple };
}

function changesOf(context: CommandContext, statement: Doc): Explained['changes'] {
  if (context.name === 'update') return changeTest(context, readUpdate(statement, false));
  if (context.name !== 'findAndModify' || flag(statement, 'remove')) return undefined;
  return changeTest(context, readFindAndUpdate(statement));
}

/** The plan in MongoDB's words, innermost stage last, with what each stage did when it was carried out. */
function stagesOf(plan: Plan | undefined, explained: Explained, executed: Executed | undefined): Doc {
  return commandStage(queryStages(plan, explained, executed), explained, executed);
}

/** A stage with the number of documents it passed on. */
function stageOf(
  stage: string,
  returned: number | undefined,
  fields: Readonly<Record<string, Value | undefined>>,
): Doc {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined) as [string, Value][];
  return Doc.from([
    ['stage', stage],
    ...(returned === undefined ? [] : [['nReturned', returned] as [string, Value]]),
    ...given,
  ]);
}

/** The stage that writes or counts what the query finds. */
function commandStage(inputStage: Doc, explained: Explained, executed: Executed | undefined): Doc {
  const { command, statement } = explained;
  const found = executed?.found;
  if (command === 'count') {
    const counted = {
      nCounted: found,
      nSkipped: executed && Math.min(explained.query.skip ?? 0, executed.matched),
    };
    const nothing = executed && 0;
    return explained.query.filter.source.size === 0 && explained.query.hint === undefined
      ? stageOf('RECORD_STORE_FAST_COUNT', nothing, counted)
      : stageOf('COUNT', nothing, { ...counted, inputStage });
  }
  const returned = command === 'findAndModify' ? found : executed && 0;
  if (command === 'delete' || (command === 'findAndModify' && flag(statement, 'remove')))
    return stageOf('DELETE', returned, { nWouldDelete: found, inputStage });
  if (command !== 'update' && command !== 'findAndModify') return inputStage;
  const nWouldUpsert = executed && (flag(statement, 'upsert') && found === 0 ? 1 : 0);
  const nWouldModify = executed?.changed;
  return stageOf('UPDATE', returned, { nMatched: found, nWouldModify, nWouldUpsert, inputStage });
}

function queryStages(plan: Plan | undefined, explained: Explained, executed: Executed | undefined): Doc {
  const { query } = explained;
  const { skip, limit } = query;
  if (!plan) return stageOf('EOF', executed && 0, {});
  let stage = readStage(plan, query.filter.source, executed);
  const sort = plan.kind === 'index' && plan.sorted ? undefined : query.sort;
  const wanted = limit ? (skip ?? 0) + limit : Infinity;
  const within = executed && Math.min(executed.matched, wanted);
  if (sort) {
    const sortPattern = Doc.from(sort.parts.map(({ path, direction }) => [path, direction]));
    const limitAmount = limit ? wanted : undefined;
    stage = stageOf('SORT', within, { sortPattern, limitAmount, inputStage: stage });
  }
  // Commands that count or write do so themselves, and a sort keeps to the limit.
  if (explained.command !== 'find' && explained.command !== 'aggregate') return stage;
  if (skip) stage = stageOf('SKIP', executed?.found, { skipAmount: skip, inputStage: stage });
  if (explained.projection) {
    const { spec, isSimple } = explained.projection;
    const name = isSimple ? 'PROJECTION_SIMPLE' : 'PROJECTION_DEFAULT';
    stage = stageOf(name, executed?.found, { transformBy: spec, inputStage: stage });
  }
  if (limit && !sort) stage = stageOf('LIMIT', executed?.found, { limitAmount: limit, inputStage: stage });
  return stage;
}

function readStage(plan: Plan, filter: Doc, executed: Executed | undefined): Doc {
  const matched = executed?.matched;
  const docsExamined = executed?.documentsExamined;
  const keysExamined = executed?.keysExamined;
  switch (plan.kind) {
    case 'scan': {
      const direction = plan.reverse ? 'backward' : 'forward';
      return stageOf('COLLSCAN', matched, { filter, direction, docsExamined });
    }
    case 'index': {
      const { index } = plan;
      if (plan.single && index.name === '_id_' && filter.size === 1) {
        const named = { keyPattern: index.key, indexName: index.name };
        return stageOf('EXPRESS_IXSCAN', matched, { ...named, keysExamined, docsExamined });
      }
      const inputStage = indexStage(plan, docsExamined, keysExamined);
      return stageOf('FETCH', matched, { filter, docsExamined, inputStage });
    }
    case 'union': {
      const inputStages = plan.branches.map((branch) => {
        const keys = executed && (executed.keysOf.get(branch) ?? 0);
        return indexStage(branch, keys, keys);
      });
      return stageOf('FETCH', matched, {
        filter,
        docsExamined,
        inputStage: stageOf('OR', docsExamined, { inputStages }),
      });
    }
  }
}

function indexStage(plan: IndexPlan, returned: number | undefined, keysExamined: number | undefined): Doc {
  const { index } = plan;
  return stageOf('IXSCAN', returned, {
    keyPattern: index.key,
    indexName: index.name,
    isMultiKey: index.isMultikey,
    isUnique: index.unique,
    isSparse: index.sparse,
    isPartial: index.partial !== undefined,
    indexVersion: 2,
    direction: plan.reverse ? 'backward' : 'forward',
    indexBounds: boundsOf(plan),
    keysExamined,
  });
}

/** The values that are read of each component, in the order in which they are met. */
function boundsOf({ index, ranges, reverse }: IndexPlan): Doc {
  return Doc.from(
    index.pattern.paths.map((path, i) => {
      const direction = (index.pattern.directions[i] === 1) === reverse ? -1 : 1;
      const texts = (ranges[i] ?? [undefined]).map((range) => rangeText(range, direction));
      return [path, direction === 1 ? texts : texts.reverse()];
    }),
  );
}
