import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { createRepositories } from '@cadre/api/container';
import { createIdGenerator, toCivilDate } from '@cadre/domain/core';
import { DEFAULT_SETTINGS, isPasswordStrong } from '@cadre/domain/identity';
import { systemClock } from '../clocks';
import { connect } from '../connect';
import { openDatabaseServer } from '../embedded-database';
import { readEnv, StartError } from '../env';
import { argon2Passwords } from '../passwords';
import { createRandomBytes } from '../randomness';
import { readOptions } from './read-options';

const ROOT = resolve(import.meta.dirname, '../../..');

const USAGE = `用法 / usage: npm run create-admin -- [--login 登录名] [--name 姓名] [--unit 根单位] [--password 初始密码]
没有给出的会逐项询问 / what is not given is asked for. ADMIN_PASSWORD 也可用 / works as well.`;

/** Asks for what was not given as an option. */
async function ask(option: string, question: string, given: string | undefined): Promise<string> {
  if (given !== undefined) return given.trim();
  if (!process.stdin.isTTY)
    throw new StartError(`请给出 --${option}（${question}） / give the option --${option}`);
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await prompt.question(`${question}: `)).trim();
  } finally {
    prompt.close();
  }
}

/** Makes the first system admin of a live installation, with the root unit when there is none. The password must be changed at the first sign-in. */
async function createAdmin(): Promise<void> {
  const values = readOptions(
    {
      login: { type: 'string' },
      name: { type: 'string' },
      unit: { type: 'string' },
      password: { type: 'string' },
    },
    USAGE,
  );
  const loginName = await ask('login', '登录名 / login name', values.login);
  const name = await ask('name', '姓名 / name', values.name);
  const unitName = await ask('unit', '根单位名称 / name of the root unit', values.unit);
  const password = await ask(
    'password',
    '初始密码 / first password',
    values.password ?? process.env['ADMIN_PASSWORD'],
  );
  if (loginName === '' || name === '' || unitName === '')
    throw new StartError('不能为空 / must not be empty');
  if (!isPasswordStrong(password))
    throw new StartError('密码至少 10 位，含三类字符 / at least 10 characters of three kinds');

  const server = await openDatabaseServer(readEnv(process.env, 'live', ROOT), { join: true });
  const database = await connect(server);
  try {
    const repositories = createRepositories(database);
    await database.ensureIndexes();
    if (await repositories.accounts.findForSignIn(loginName))
      throw new StartError(`登录名已存在 / the login name is taken: ${loginName}`);
    const now = systemClock.now();
    const newId = createIdGenerator(() => systemClock.now().getTime(), createRandomBytes());
    const today = toCivilDate(now);
    const [known] = (await repositories.units.list('all')).filter((unit) => unit.parentId === null);
    const unitId = known?.id ?? newId();
    const personId = newId();
    const passwordHash = await argon2Passwords.hash(password);
    await database.transaction(async (tx) => {
      if (!known)
        await repositories.units.insert(
          {
            id: unitId,
            code: 'ROOT',
            name: { zh: unitName, en: '' },
            kind: 'region',
            parentId: null,
            path: [unitId],
            demo: false,
          },
          tx,
        );
      await repositories.people.insert(
        {
          person: {
            id: personId,
            personNo: `ADMIN-${loginName}`.slice(0, 32),
            name,
            birthDate: null,
            unitId,
            unitPath: [unitId],
            affiliations: [{ unitId, kind: 'home', from: today, to: null }],
            posts: [],
            grades: [],
            status: 'active',
            demo: false,
          },
          idCardHash: null,
        },
        tx,
      );
      await repositories.accounts.insert(
        {
          id: newId(),
          personId,
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
      const grantId = newId();
      await repositories.grants.insert(
        {
          id: grantId,
          personId,
          role: 'system-admin',
          scope: { kind: 'network' },
          from: today,
          to: null,
          grantedBy: null,
          delegatedFrom: null,
          revokedAt: null,
        },
        tx,
      );
      await repositories.audit.insert(
        {
          id: newId(),
          at: now,
          actor: { kind: 'system' },
          action: 'identity:first-admin-created',
          subject: { kind: 'person', id: personId },
          before: null,
          after: { loginName, grantId },
        },
        tx,
      );
    });
    process.stdout.write(`系统管理员已创建 / system admin created: ${loginName}\n`);
  } finally {
    await database.close();
    await server.stop();
  }
}

createAdmin().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(
      `${error instanceof StartError ? error.message : String((error as Error).stack ?? error)}\n`,
    );
    process.exit(1);
  },
);
