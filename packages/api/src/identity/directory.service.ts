import { isDuplicateKey, type Database } from '@cadre/db/core';
import type { CreditLedgerRepository } from '@cadre/db/credit';
import type { SealRepository } from '@cadre/db/ledger';
import type {
  AccountRepository,
  GrantRepository,
  PersonRepository,
  SignInRepository,
  UnitRepository,
} from '@cadre/db/identity';
import type { JobRepository } from '@cadre/db/job';
import type { GrantScopes } from './grant-scope';
import type { Grant, PersonActor } from '@cadre/domain/access';
import type { AuditAction } from '@cadre/domain/audit';
import { AppError, toCivilDate, type ErrorCode, type Id, type Page } from '@cadre/domain/core';
import {
  canIssuePassword,
  canKeepDirectory,
  canSeeAccounts,
  changeHistory,
  decideGrantScope,
  DEFAULT_SETTINGS,
  canLookUpPeople,
  directoryReachOf,
  rankOn,
  sortPeople,
  withdrawRecordedOn,
  type AddGrantInput,
  type AddPersonInput,
  type AddUnitInput,
  type FindScopeTargetsInput,
  type ListPeopleInput,
  type Person,
  type PersonFile,
  type PersonRow,
  type RecordChangeInput,
  type ScopeTarget,
  type Unit,
  type UnitRow,
  type WithdrawChangesInput,
} from '@cadre/domain/identity';
import { historyDigest } from '@cadre/domain/ledger';
import { allow, createAuditTrail, type AuditTrailDeps, type Ports } from '../core';

export interface DirectoryDeps
  extends AuditTrailDeps, Pick<Ports, 'systemClock' | 'random' | 'passwords' | 'publisher'> {
  database: Pick<Database, 'transaction'>;
  units: UnitRepository;
  people: PersonRepository;
  accounts: AccountRepository;
  grants: GrantRepository;
  signIns: Pick<SignInRepository, 'deleteByAccount'>;
  grantScope: GrantScopes;
  ledger: Pick<CreditLedgerRepository, 'askFeed'>;
  seals: Pick<SealRepository, 'newestRoot'>;
  jobs: Pick<JobRepository, 'tryEnqueue'>;
}

/** After a transfer the running cycles are settled under the rules of the new unit too. */
export const TRANSFER_JOB = 'credit:settle-transferred';

/** Letters and digits that cannot be taken for one another when read aloud. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const PASSWORD_LENGTH = 12;

export type DirectoryService = ReturnType<typeof createDirectoryService>;

const within = (path: readonly Id[], reach: 'all' | readonly Id[]): boolean =>
  reach === 'all' || path.some((id) => reach.includes(id));

/** Units, people, accounts and grants: who exists, and who may do what. */
export function createDirectoryService(deps: DirectoryDeps) {
  const {
    database,
    units,
    people,
    accounts,
    grants,
    signIns,
    grantScope,
    clock,
    newId,
    systemClock,
    random,
    passwords,
    publisher,
    ledger,
    seals,
    jobs,
  } = deps;
  const trail = createAuditTrail(deps);

  const refuseTwice = async <Result>(
    code: ErrorCode,
    field: string,
    work: () => Promise<Result>,
  ): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      if (isDuplicateKey(error, field)) throw new AppError(code);
      throw error;
    }
  };

  const getVisible = async (actor: PersonActor, personId: Id): Promise<Person> => {
    const person = await people.findById(personId);
    if (!person || !within(person.unitPath, directoryReachOf(actor))) throw new AppError('NOT_FOUND');
    return person;
  };

  /** By person number an index has the page; in another order all are read with what it goes by, and the page in full. */
  const pageOfPeople = async (
    reach: 'all' | readonly Id[],
    { search, sort, ...request }: ListPeopleInput,
  ): Promise<Page<Person>> => {
    if (!sort) return people.list(reach, search, request);
    const found = await people.listOrderable(reach, search);
    const unitNames = new Map(
      (await units.listByIds([...new Set(found.map(({ unitId }) => unitId))])).map(({ id, name }) => [
        id,
        name,
      ]),
    );
    const today = toCivilDate(clock.now());
    const keys = found.map((person) => ({
      ...person,
      unit: unitNames.get(person.unitId)?.zh ?? '',
      rank: rankOn(person, today)?.order ?? 0,
    }));
    const { page, pageSize } = request;
    const ids = sortPeople(keys, sort)
      .slice((page - 1) * pageSize, page * pageSize)
      .map(({ id }) => id);
    const byId = new Map((await people.listByIds(ids)).map((person) => [person.id, person]));
    return { items: ids.flatMap((id) => byId.get(id) ?? []), total: found.length, page, pageSize };
  };

  /** Whose history is to change; refused where it is no longer the one that the actor read. */
  const getUnchanged = async (
    actor: PersonActor,
    { personId, seen }: WithdrawChangesInput,
  ): Promise<Person> => {
    const person = await getVisible(actor, personId);
    allow(canKeepDirectory(actor));
    if (seen !== undefined && seen !== historyDigest(person, toCivilDate(clock.now())))
      throw new AppError('CHANGED_MEANWHILE');
    return person;
  };

  /** Writes a history in the place of the one that was read, and tells all that rests on it. */
  const replaceHistory = async (
    actor: PersonActor,
    action: AuditAction,
    person: Person,
    changed: Person,
  ): Promise<void> => {
    await database.transaction(async (tx) => {
      const sealed = (await seals.newestRoot(tx))?.histories?.day;
      // What a root covers stays as it was: only with a clock that went back would something fall into it.
      if (sealed !== undefined && toCivilDate(clock.now()) <= sealed)
        throw new AppError('HISTORY_SEALED', { until: sealed });
      if (!(await people.tryReplaceHistory(person, changed, tx))) throw new AppError('CHANGED_MEANWHILE');
      await trail.changed(actor, action, { kind: 'person', id: person.id }, person, changed, tx);
      await ledger.askFeed([person.id], tx);
      // What was recorded while somebody did not serve, or served elsewhere, is settled under the rules of now as well.
      if (changed.unitId !== person.unitId || action === 'identity:person-reinstate') {
        const [id, runAt, payload] = [newId(), systemClock.now(), { personId: person.id }];
        await jobs.tryEnqueue({ id, kind: TRANSFER_JOB, key: id, payload, runAt }, tx);
      }
    });
    publisher.publish({ type: 'credit:changed', personIds: [person.id] });
  };

  const newPassword = (): string => {
    const bytes = random.bytes(PASSWORD_LENGTH);
    // Three groups with a dash: easy to read aloud, and always of three kinds of characters.
    const signs = [...bytes].map((byte) => LETTERS[byte % LETTERS.length] ?? 'a').join('');
    return `${signs.slice(0, 4)}-${signs.slice(4, 8)}-${signs.slice(8)}7Aa`;
  };

  return {
    async units(actor: PersonActor): Promise<UnitRow[]> {
      const found = await units.list(directoryReachOf(actor));
      return found.map(({ id, code, name, kind, parentId, path }) => ({
        id,
        code,
        name,
        kind,
        parentId,
        path,
      }));
    },

    async addUnit(actor: PersonActor, input: AddUnitInput): Promise<UnitRow> {
      allow(canKeepDirectory(actor));
      const parent = await units.getById(input.parentId);
      const id = newId();
      const unit: Unit = { ...input, id, path: [...parent.path, id], demo: false };
      await refuseTwice('UNIT_CODE_TAKEN', 'code', () =>
        database.transaction(async (tx) => {
          await units.insert(unit, tx);
          await trail.created(actor, 'identity:unit-added', 'unit', unit, tx);
        }),
      );
      return unit;
    },

    async people(actor: PersonActor, input: ListPeopleInput): Promise<Page<PersonRow>> {
      const reach = directoryReachOf(actor);
      allow(canLookUpPeople(actor));
      const top = input.unitId === null ? null : await units.findById(input.unitId);
      if (input.unitId !== null && (!top || !within(top.path, reach))) throw new AppError('NOT_FOUND');
      const page = await pageOfPeople(top ? [top.id] : reach, input);
      const [unitList, accountList] = await Promise.all([
        units.listByIds([...new Set(page.items.map((person) => person.unitId))]),
        canSeeAccounts(actor) ? accounts.listByPersonIds(page.items.map((person) => person.id)) : [],
      ]);
      const unitNames = new Map(unitList.map((unit) => [unit.id, unit.name]));
      const logins = new Map(accountList.map((account) => [account.personId, account.loginName]));
      const today = toCivilDate(clock.now());
      return {
        ...page,
        items: page.items.map((person) => ({
          id: person.id,
          personNo: person.personNo,
          name: person.name,
          unitId: person.unitId,
          status: person.status,
          unit: unitNames.get(person.unitId) ?? { zh: '', en: '' },
          rank: rankOn(person, today)?.name ?? null,
          loginName: logins.get(person.id) ?? null,
        })),
      };
    },

    async person(actor: PersonActor, personId: Id): Promise<PersonFile> {
      const person = await getVisible(actor, personId);
      const seesAccounts = canSeeAccounts(actor);
      const [unitList, [account], grantList] = await Promise.all([
        units.listByIds([...new Set(person.affiliations.map((held) => held.unitId))]),
        seesAccounts ? accounts.listByPersonIds([personId]) : [],
        seesAccounts ? grants.listByPerson(personId) : [],
      ]);
      const reached = await Promise.all(
        grantList.map(async (held) => ({ ...held, reaches: await grantScope.targetsOf(held.scope) })),
      );
      return {
        person,
        units: unitList,
        account: account
          ? { ...account, locked: account.lockedUntil !== null && account.lockedUntil > systemClock.now() }
          : null,
        grants: reached,
      };
    },

    async addPerson(actor: PersonActor, input: AddPersonInput): Promise<{ personId: Id }> {
      allow(canKeepDirectory(actor));
      const unit = await units.getById(input.unitId);
      const person: Person = {
        id: newId(),
        personNo: input.personNo,
        name: input.name,
        birthDate: input.birthDate,
        unitId: unit.id,
        unitPath: unit.path,
        affiliations: [{ unitId: unit.id, kind: 'home', from: input.since, to: null }],
        posts: input.post ? [{ ...input.post, from: input.since, to: null }] : [],
        grades: input.grade === null ? [] : [{ grade: input.grade, from: input.since, to: null }],
        status: 'active',
        demo: false,
      };
      await refuseTwice('PERSON_NO_TAKEN', 'personNo', () =>
        database.transaction(async (tx) => {
          await people.insert({ person, idCardHash: null }, tx);
          await trail.created(actor, 'identity:person-added', 'person', person, tx);
        }),
      );
      return { personId: person.id };
    },

    /** Transfer, secondment, promotion, retirement or service again from a day on; the past stays as it was. */
    async changeHistory(actor: PersonActor, input: RecordChangeInput): Promise<void> {
      const person = await getUnchanged(actor, input);
      const target = 'unitId' in input.change ? await units.getById(input.change.unitId) : null;
      const changed = changeHistory(person, input, target, toCivilDate(clock.now()));
      await replaceHistory(actor, `identity:person-${input.change.kind}`, person, changed);
    },

    /** Takes back what was recorded today of a person's history; from tomorrow on a correcting change is the way. */
    async withdrawChanges(actor: PersonActor, input: WithdrawChangesInput): Promise<void> {
      const person = await getUnchanged(actor, input);
      const homes = await units.listByIds([...new Set(person.affiliations.map(({ unitId }) => unitId))]);
      const restored = withdrawRecordedOn(
        person,
        toCivilDate(clock.now()),
        (unitId) => homes.find(({ id }) => id === unitId) ?? null,
      );
      await replaceHistory(actor, 'identity:person-change-withdrawn', person, restored);
    },

    /** Opens an account with a one-time password, which is shown once and must be changed at the first sign-in. */
    async openAccount(actor: PersonActor, personId: Id, loginName: string) {
      const person = await getVisible(actor, personId);
      allow(canKeepDirectory(actor));
      const password = newPassword();
      const passwordHash = await passwords.hash(password);
      const id = newId();
      const write = () =>
        database.transaction(async (tx) => {
          await accounts.insert(
            {
              id,
              personId: person.id,
              loginName,
              mustChangePassword: true,
              failedAttempts: 0,
              lockedUntil: null,
              disabledAt: null,
              settings: DEFAULT_SETTINGS,
            },
            passwordHash,
            tx,
          );
          await trail.created(
            actor,
            'identity:account-opened',
            'account',
            { id, ...{ personId, loginName } },
            tx,
          );
        });
      await refuseTwice('LOGIN_NAME_TAKEN', 'loginName', () =>
        refuseTwice('ACCOUNT_EXISTS', 'personId', write),
      );
      return { loginName, password };
    },

    /** A new one-time password for somebody locked out; every browser is signed out. */
    async issuePassword(actor: PersonActor, personId: Id) {
      const person = await getVisible(actor, personId);
      allow(canIssuePassword(actor, person));
      const [account] = await accounts.listByPersonIds([personId]);
      if (!account) throw new AppError('NOT_FOUND');
      const password = newPassword();
      const passwordHash = await passwords.hash(password);
      await database.transaction(async (tx) => {
        await accounts.setPassword(account.id, passwordHash, true, tx);
        await signIns.deleteByAccount(account.id, null, tx);
        await trail.created(actor, 'identity:password-issued', 'account', { id: account.id }, tx);
      });
      return { loginName: account.loginName, password };
    },

    async setAccountDisabled(actor: PersonActor, personId: Id, disabled: boolean): Promise<void> {
      await getVisible(actor, personId);
      allow(canKeepDirectory(actor));
      const [account] = await accounts.listByPersonIds([personId]);
      if (!account) throw new AppError('NOT_FOUND');
      const disabledAt = disabled ? systemClock.now() : null;
      await database.transaction(async (tx) => {
        await accounts.setDisabled(account.id, disabledAt, tx);
        if (disabled) await signIns.deleteByAccount(account.id, null, tx);
        const subject = { kind: 'account', id: account.id };
        await trail.changed(
          actor,
          disabled ? 'identity:account-disabled' : 'identity:account-enabled',
          subject,
          { disabledAt: account.disabledAt },
          { disabledAt },
          tx,
        );
      });
    },

    async scopeTargets(actor: PersonActor, input: FindScopeTargetsInput): Promise<ScopeTarget[]> {
      allow(canKeepDirectory(actor));
      return grantScope.search(input);
    },

    async addGrant(actor: PersonActor, input: AddGrantInput): Promise<{ grantId: Id }> {
      await getVisible(actor, input.personId);
      allow(canKeepDirectory(actor));
      decideGrantScope(input.role, input.scope);
      await grantScope.assertExists(input.scope);
      const grant: Grant = {
        ...input,
        id: newId(),
        grantedBy: actor.personId,
        delegatedFrom: null,
        revokedAt: null,
      };
      await database.transaction(async (tx) => {
        await grants.insert(grant, tx);
        await trail.created(actor, 'identity:grant-given', 'grant', grant, tx);
      });
      return { grantId: grant.id };
    },

    async revokeGrant(actor: PersonActor, grantId: Id): Promise<void> {
      allow(canKeepDirectory(actor));
      const grant = await grants.findById(grantId);
      if (!grant) throw new AppError('NOT_FOUND');
      const revokedAt = clock.now();
      await database.transaction(async (tx) => {
        if (!(await grants.tryRevoke(grantId, revokedAt, tx))) throw new AppError('CHANGED_MEANWHILE');
        await trail.changed(
          actor,
          'identity:grant-revoked',
          { kind: 'grant', id: grantId },
          { revokedAt: null },
          { revokedAt },
          tx,
        );
      });
    },
  };
}
