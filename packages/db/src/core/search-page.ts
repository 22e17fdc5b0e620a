import type { Page, PageRequest } from '@cadre/domain/core';
import type { Model } from 'mongoose';
import { projectionOf, fromStored, type Filter, type Stored } from './document';

/** The fields that a searchable document carries besides its own; they never leave the database. */
export const SEARCH_FIELDS = { searchKeys: { type: [String] }, searchHeads: { type: [String] } } as const;
export interface Searchable {
  searchKeys: string[];
  searchHeads: string[];
}

/** Documents in which every term begins a key. The longest term comes first: it finds least. */
export const matchesTerms = (terms: readonly string[], field = 'searchKeys'): Filter[] =>
  [...terms].sort((a, b) => b.length - a.length).map((term) => ({ [field]: { $regex: `^${term}` } }));

/** 0 when a title begins with the term, 1 when it holds it, 2 when the term was found elsewhere. */
const rankOf = (term: string) => ({
  $min: {
    $map: {
      input: '$searchHeads',
      as: 'head',
      in: {
        $let: {
          vars: { at: { $indexOfCP: ['$$head', term] } },
          in: { $cond: [{ $eq: ['$$at', 0] }, 0, { $cond: [{ $gt: ['$$at', 0] }, 1, 2] }] },
        },
      },
    },
  },
});

interface Found<Entity extends { id: string }> {
  items: Stored<Entity>[];
  total: { count: number }[];
}

/**
 * One page of the documents that match a filter and every term (at least one), in the order given, or best first and
 * then by code. One command: nothing is kept in the process, so nothing is ever stale.
 */
export async function searchPage<Entity extends { id: string }>(
  model: Model<never>,
  filter: Filter,
  terms: readonly string[],
  fields: readonly string[],
  { page, pageSize }: PageRequest,
  order: Record<string, 1 | -1> = { rank: 1, code: 1 },
): Promise<Page<Entity>> {
  const shown = projectionOf(fields);
  const [found] = await model.aggregate<Found<Entity>>([
    { $match: { $and: [...matchesTerms(terms), filter] } },
    { $project: { ...shown, code: 1, rank: { $add: terms.map(rankOf) } } },
    { $sort: order },
    {
      $facet: {
        items: [{ $skip: (page - 1) * pageSize }, { $limit: pageSize }, { $project: { rank: 0 } }],
        total: [{ $count: 'count' }],
      },
    },
  ]);
  return {
    items: (found?.items ?? []).map(fromStored<Entity>),
    total: found?.total[0]?.count ?? 0,
    page,
    pageSize,
  };
}
