import { Doc, Double, type Value } from '../bson';
import type { Collection } from '../engine/collection';
import { findDocuments, type Found, type Query } from '../engine/execute';
import type { IndexPlan, Plan } from '../engine/plan';
import { ErrorCode, fail } from '../errors';
import { compileFilter, compileSort, naturalDirection } from '../query';
import { aggregate, aggregateTarget, compileFor, headQuery } from './aggregate';
import { checkFields, count, document, documents, hint, whole } from './arguments';
import { CommandContext } from './context';
import { findAndModify, remove, update } from './crud';
import type { CommandDefinition } from './definition';
import { distinct } from './distinct';
import { countDocuments, find } from './find';
import { SERVER_VERSION } from './instance';
import { NO_FILTER } from './reading';

const VERBOSITIES = ['queryPlanner', 'executionStats', 'allPlansExecution'];

/** What would be read: the query, and what of it limits and sorts. */
interface Explained {
  namespace: string;
  collection: Collection | undefined;
  query: Omit<Query, 'collection'>;
  sort: Doc | undefined;
  /** The stages behind the query, for an aggregation. */
  stages: Value[] | undefined;
}

/** Tells how a command would find its documents, and what that costs; changes nothing. */
export const explain: CommandDefinition = {
  name: 'explain',
  fields: { explain: { required: 'document' }, verbosity: 'string' },
  async run(context) {
    const inner = context.command.get('explain') as Doc;
    const verbosity = (context.command.get('verbosity') ?? 'allPlansExecution') as string;
    if (!VERBOSITIES.includes(verbosity)) {
      fail(
        ErrorCode.BadValue,
        `Enumeration value '${verbosity}' for field 'verbosity' is not a valid value.`,
      );
    }
    const explained = explainedQuery(innerContext(context, inner));
    let plan: Plan | undefined;
    let returned = 0;
    const started = performance.now();
    if (explained.collection) {
      const query = {
        ...explained.query,
        collection: explained.collection,
        onPlan: (chosen: Plan) => (plan = chosen),
      };
      const source = findDocuments(context.read, query);
      if (verbosity === 'queryPlanner') source.next();
      else {
        await context.pull<Found>(source, () => {
          returned++;
          return true;
        });
      }
    }
    const winningPlan = stagesOf(plan, explained);
    const queryPlanner = Doc.of({
      namespace: explained.namespace,
      parsedQuery: explained.query.filter.source,
      winningPlan,
      rejectedPlans: [],
    });
    const reply = Doc.of({ explainVersion: '1' });
    const executionStats = Doc.of({
      executionSuccess: true,
      nReturned: returned,
      executionTimeMillis: Math.round(performance.now() - started),
      totalKeysExamined: context.statistics.keysExamined,
      totalDocsExamined: context.statistics.documentsExamined,
      executionStages: winningPlan,
    });
    const details =
      verbosity === 'queryPlanner' ? Doc.of({ queryPlanner }) : Doc.of({ queryPlanner, executionStats });
    if (explained.stages && explained.stages.length > 0) {
      reply.set('stages', [Doc.of({ $cursor: details }), ...explained.stages]);
    } else {
      for (const [key, value] of details.entries()) reply.set(key, value);
    }
    reply.set('command', inner);
    reply.set('serverInfo', Doc.of({ host: context.instance.address, version: SERVER_VERSION }));
    return reply.set('ok', new Double(1));
  },
};

function innerContext(context: CommandContext, inner: Doc): CommandContext {
  const name = inner.keys[0] ?? '';
  const definition = EXPLAINABLE.find((one) => one.name === name || one.aliases?.includes(name));
  if (!definition) {
    return fail(ErrorCode.CommandNotFound, `Explain failed due to unknown command: ${name}`);
  }
  checkFields(name, inner, {
    ...definition.fields,
    ...(definition.name === 'aggregate' && { explain: 'bool' }),
  });
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
    return {
      namespace: `${context.database}.${target ?? '$cmd.aggregate'}`,
      collection: target === undefined ? undefined : context.collection(target),
      query: headQuery(context, pipeline),
      sort: undefined,
      stages,
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
  const one = name === 'findAndModify' || (name === 'delete' && whole(statement, 'limit') === 1);
  return {
    namespace: `${context.database}.${target}`,
    collection: context.collection(target),
    query: {
      filter: compileFilter(document(statement, filterField) ?? NO_FILTER, context.scope),
      sort: sort && sort.size > 0 && !natural ? compileSort(sort) : undefined,
      skip: count(name, statement, 'skip'),
      limit: one ? 1 : name === 'delete' ? undefined : Math.abs(whole(statement, 'limit') ?? 0),
      hint: natural ? sort : hint(statement),
    },
    sort,
    stages: undefined,
  };
}

/** The plan in MongoDB's words, innermost stage last. */
function stagesOf(plan: Plan | undefined, explained: Explained): Doc {
  const { query, sort } = explained;
  if (!plan) return Doc.of({ stage: 'EOF' });
  let stage = readStage(plan, query.filter.source);
  if (query.sort && !(plan.kind === 'index' && plan.sorted)) {
    stage = Doc.of({ stage: 'SORT', sortPattern: sort ?? new Doc(), inputStage: stage });
  }
  if (query.skip) stage = Doc.of({ stage: 'SKIP', skipAmount: query.skip, inputStage: stage });
  if (query.limit) stage = Doc.of({ stage: 'LIMIT', limitAmount: query.limit, inputStage: stage });
  return stage;
}

function readStage(plan: Plan, filter: Doc): Doc {
  switch (plan.kind) {
    case 'scan':
      return Doc.of({ stage: 'COLLSCAN', filter, direction: plan.reverse ? 'backward' : 'forward' });
    case 'index': {
      const scan = indexStage(plan);
      if (plan.single && plan.index.name === '_id_' && filter.size === 1) {
        return Doc.of({ stage: 'EXPRESS_IXSCAN', keyPattern: plan.index.key, indexName: plan.index.name });
      }
      return Doc.of({ stage: 'FETCH', filter, inputStage: scan });
    }
    case 'union':
      return Doc.of({
        stage: 'FETCH',
        filter,
        inputStage: Doc.of({ stage: 'OR', inputStages: plan.branches.map(indexStage) }),
      });
  }
}

function indexStage(plan: IndexPlan): Doc {
  const { index } = plan;
  return Doc.of({
    stage: 'IXSCAN',
    keyPattern: index.key,
    indexName: index.name,
    isMultiKey: index.isMultikey,
    isUnique: index.unique,
    isSparse: index.sparse,
    isPartial: index.partial !== undefined,
    indexVersion: 2,
    direction: plan.reverse ? 'backward' : 'forward',
  });
}
