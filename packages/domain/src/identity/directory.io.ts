import { z } from 'zod';
import { apiPermissions } from '../access/actor';
import { grant, role, scope } from '../access/grant';
import { bilingual, civilDate, id, pageOf, pageRequest, sortBy } from '../core';
import { findRank } from './rank';
import { affiliation, gradeRecord, person, postRecord } from './person';
import { unit, unitKind } from './unit';

export const unitRow = unit.pick({
  id: true,
  code: true,
  name: true,
  kind: true,
  parentId: true,
  path: true,
});
export type UnitRow = z.infer<typeof unitRow>;

export const addUnitInput = z.object({
  code: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9-]{1,32}$/),
  name: bilingual,
  kind: unitKind,
  parentId: id,
});
export type AddUnitInput = z.infer<typeof addUnitInput>;

export const peopleSort = sortBy(['name', 'personNo', 'unit', 'rank']);
export type PeopleSort = z.infer<typeof peopleSort>;

/** By person number where no order is asked for. */
export const listPeopleInput = pageRequest.extend({
  unitId: id.nullable(),
  search: z.string().max(40),
  sort: peopleSort.optional(),
});
export type ListPeopleInput = z.infer<typeof listPeopleInput>;

export const personRow = person
  .pick({ id: true, personNo: true, name: true, unitId: true, status: true })
  .extend({ unit: bilingual, rank: bilingual.nullable(), loginName: z.string().nullable() });
export type PersonRow = z.infer<typeof personRow>;
export const personPage = pageOf(personRow);

/** Something that a scope names, by what people know it by: code, class number or start beside the name. */
export const scopeTarget = z.object({
  id,
  code: z.string().nullable(),
  name: bilingual,
  startsAt: z.date().nullable(),
});
export type ScopeTarget = z.infer<typeof scopeTarget>;

/** What a role may be granted over: years, and classes and sessions that are not over, by words of the class. */
export const findScopeTargetsInput = z.object({
  kind: z.enum(['class', 'session', 'assessment-year']),
  search: z.string().max(40),
});
export type FindScopeTargetsInput = z.infer<typeof findScopeTargetsInput>;

/** A person's file for those who keep the directory: dated history, account and grants. */
export const personFile = z.object({
  person: person.omit({ demo: true }),
  units: z.array(unitRow),
  account: z
    .object({
      loginName: z.string(),
      mustChangePassword: z.boolean(),
      /** After wrong passwords, until the time is over or a new password is issued. */
      locked: z.boolean(),
      disabledAt: z.date().nullable(),
    })
    .nullable(),
  /** Each with what it reaches; over the whole network that is nothing in particular. */
  grants: z.array(grant.extend({ reaches: z.array(scopeTarget) })),
});
export type PersonFile = z.infer<typeof personFile>;

const knownRank = z.string().refine((code) => findRank(code) !== undefined, { message: 'unknown rank' });

export const addPersonInput = z.object({
  personNo: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9-]{1,32}$/),
  name: z.string().trim().min(1).max(40),
  birthDate: civilDate.nullable(),
  unitId: id,
  since: civilDate,
  post: z.object({ postLevel: knownRank, title: z.string().trim().min(1).max(40) }).nullable(),
  grade: knownRank.nullable(),
});
export type AddPersonInput = z.infer<typeof addPersonInput>;

/** A change of a person's history: transfer, promotion, retirement. The record stays one; the past stays as it was. */
export const changeHistoryInput = z.object({
  personId: id,
  on: civilDate,
  change: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('transfer'), unitId: id }),
    z.object({ kind: z.literal('second'), unitId: id, to: civilDate.nullable() }),
    z.object({ kind: z.literal('second-end'), unitId: id }),
    z.object({ kind: z.literal('post'), postLevel: knownRank.nullable(), title: z.string().trim().max(40) }),
    z.object({ kind: z.literal('grade'), grade: knownRank.nullable() }),
    z.object({ kind: z.literal('retire') }),
    z.object({ kind: z.literal('reinstate'), unitId: id }),
  ]),
});
export type ChangeHistoryInput = z.infer<typeof changeHistoryInput>;

/** The digest of the history that was read before; what has changed since is read again before anything is written. */
const seen = z.string().optional();
export const recordChangeInput = changeHistoryInput.extend({ seen });
export type RecordChangeInput = z.infer<typeof recordChangeInput>;
export const personHistory = z.object({
  affiliations: z.array(affiliation),
  posts: z.array(postRecord),
  grades: z.array(gradeRecord),
});

export const openAccountInput = z.object({
  personId: id,
  loginName: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9._-]{3,64}$/),
});
/** Shown once, never kept readable. */
export const oneTimePassword = z.object({ loginName: z.string(), password: z.string() });
export const personInput = z.object({ personId: id });
export const withdrawChangesInput = personInput.extend({ seen });
export type WithdrawChangesInput = z.infer<typeof withdrawChangesInput>;
export const setAccountDisabledInput = personInput.extend({ disabled: z.boolean() });

export const addGrantInput = z.object({
  personId: id,
  role,
  scope,
  from: civilDate,
  to: civilDate.nullable(),
});
export type AddGrantInput = z.infer<typeof addGrantInput>;

export const apiClientRow = z.object({
  id,
  name: z.string(),
  permissions: z.array(z.enum(apiPermissions)),
  assessmentYearIds: z.array(id).nullable(),
  createdAt: z.date(),
  revokedAt: z.date().nullable(),
});
export const addApiClientInput = z.object({
  name: z.string().trim().min(1).max(60),
  permissions: z.array(z.enum(apiPermissions)).min(1),
  assessmentYearIds: z.array(id).min(1).nullable(),
});
export type AddApiClientInput = z.infer<typeof addApiClientInput>;
/** The key is shown once; only its hash is kept. */
export const newApiClient = z.object({ client: apiClientRow, key: z.string() });
