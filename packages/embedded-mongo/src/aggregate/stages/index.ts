import type { StageCompiler } from '../stage';
import { addFields, project, unset } from './project';
import { bucket, sortByCount } from './bucket';
import { collStats } from './coll-stats';
import { countStage, limit, skip } from './limits';
import { documents } from './documents';
import { facet } from './facet';
import { group } from './group';
import { lookup } from './lookup';
import { match } from './match';
import { merge } from './merge';
import { out } from './out';
import { redact } from './redact';
import { replaceRoot, replaceWith } from './replace';
import { sample } from './sample';
import { sort } from './sort';
import { unionWith } from './union-with';
import { unwind } from './unwind';

/** Every stage this server knows. */
export const STAGES: ReadonlyMap<string, StageCompiler> = new Map<string, StageCompiler>([
  ['$match', match],
  ['$project', project],
  ['$addFields', addFields],
  ['$set', addFields],
  ['$unset', unset],
  ['$group', group],
  ['$bucket', bucket],
  ['$sortByCount', sortByCount],
  ['$sort', sort],
  ['$limit', limit],
  ['$skip', skip],
  ['$count', countStage],
  ['$unwind', unwind],
  ['$lookup', lookup],
  ['$unionWith', unionWith],
  ['$facet', facet],
  ['$replaceRoot', replaceRoot],
  ['$replaceWith', replaceWith],
  ['$redact', redact],
  ['$sample', sample],
  ['$documents', documents],
  ['$collStats', collStats],
  ['$out', out],
  ['$merge', merge],
]);

/** Stages that begin a pipeline and do not take documents. */
export const FIRST_ONLY: ReadonlySet<string> = new Set(['$documents', '$collStats']);
