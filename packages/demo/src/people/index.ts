import type { Grant, Role, Scope } from '@cadre/domain/access';
import { addDays, type CivilDate, type Id, type IdGenerator } from '@cadre/domain/core';
import type { GradeRecord, Person, PostRecord, Unit, UnitKind } from '@cadre/domain/identity';
import type { Base } from '@cadre/domain/network';
import type { Chance } from '../chance';
import { personName } from './names';

/** The password of every demonstration account; such accounts exist nowhere else. */
export const DEMO_PASSWORD = 'Demo-2026-cadre';

export interface DemoAccount {
  id: Id;
  personId: Id;
  loginName: string;
}

/** Somebody with a name and a role, printed when the demonstration starts. */
export interface DemoRole {
  loginName: string;
  name: string;
  role: { zh: string; en: string };
  app: 'learner' | 'admin';
}

export interface DemoPeople {
  units: Unit[];
  people: Person[];
  accounts: DemoAccount[];
  grants: Grant[];
}

interface UnitRow {
  code: string;
  zh: string;
  en: string;
  kind: UnitKind;
  parent: string | null;
  people: number;
}

const UNITS: readonly UnitRow[] = [
  {
    code: 'TZ',
    zh: '台州市（演示）',
    en: 'Taizhou (demonstration)',
    kind: 'region',
    parent: null,
    people: 0,
  },
  { code: 'TZ-ZZ', zh: '市委组织部', en: 'Organisation Department', kind: 'organ', parent: 'TZ', people: 14 },
  { code: 'TZ-JW', zh: '市纪委市监委', en: 'Discipline Commission', kind: 'organ', parent: 'TZ', people: 12 },
  {
    code: 'TZ-JWPZ',
    zh: '市纪委派驻第一组',
    en: 'Dispatched discipline team 1',
    kind: 'dispatched',
    parent: 'TZ-JW',
    people: 8,
  },
  {
    code: 'TZ-FG',
    zh: '市发展改革委',
    en: 'Development and Reform Commission',
    kind: 'organ',
    parent: 'TZ',
    people: 16,
  },
  { code: 'TZ-CZ', zh: '市财政局', en: 'Finance Bureau', kind: 'organ', parent: 'TZ', people: 15 },
  {
    code: 'TZ-NY',
    zh: '市农业农村局',
    en: 'Agriculture and Rural Affairs Bureau',
    kind: 'organ',
    parent: 'TZ',
    people: 18,
  },
  { code: 'TZ-MZ', zh: '市民政局', en: 'Civil Affairs Bureau', kind: 'organ', parent: 'TZ', people: 12 },
  {
    code: 'TZ-HJ',
    zh: '市生态环境局',
    en: 'Ecology and Environment Bureau',
    kind: 'organ',
    parent: 'TZ',
    people: 13,
  },
  { code: 'TZ-SJ', zh: '市大数据发展局', en: 'Big Data Bureau', kind: 'organ', parent: 'TZ', people: 11 },
  {
    code: 'TZ-YJ',
    zh: '市应急管理局',
    en: 'Emergency Management Bureau',
    kind: 'organ',
    parent: 'TZ',
    people: 13,
  },
  { code: 'TZ-DX', zh: '市委党校', en: 'Party School', kind: 'institution', parent: 'TZ', people: 12 },
  { code: 'JJ', zh: '椒江区', en: 'Jiaojiang District', kind: 'region', parent: 'TZ', people: 10 },
  { code: 'JJ-DC', zh: '大陈镇', en: 'Dachen Town', kind: 'township', parent: 'JJ', people: 14 },
  {
    code: 'JJ-NY',
    zh: '椒江区农业农村局',
    en: 'Jiaojiang Agriculture Bureau',
    kind: 'department',
    parent: 'JJ',
    people: 16,
  },
  { code: 'JJ-HM', zh: '海门街道', en: 'Haimen Subdistrict', kind: 'township', parent: 'JJ', people: 14 },
  { code: 'HY', zh: '黄岩区', en: 'Huangyan District', kind: 'region', parent: 'TZ', people: 10 },
  { code: 'HY-NC', zh: '宁溪镇', en: 'Ningxi Town', kind: 'township', parent: 'HY', people: 11 },
  { code: 'LQ', zh: '路桥区', en: 'Luqiao District', kind: 'region', parent: 'TZ', people: 12 },
  { code: 'LH', zh: '临海市', en: 'Linhai City', kind: 'region', parent: 'TZ', people: 14 },
  { code: 'WL', zh: '温岭市', en: 'Wenling City', kind: 'region', parent: 'TZ', people: 14 },
  { code: 'YH', zh: '玉环市', en: 'Yuhuan City', kind: 'region', parent: 'TZ', people: 11 },
  { code: 'TT', zh: '天台县', en: 'Tiantai County', kind: 'region', parent: 'TZ', people: 11 },
  { code: 'XJ', zh: '仙居县', en: 'Xianju County', kind: 'region', parent: 'TZ', people: 11 },
  { code: 'SM', zh: '三门县', en: 'Sanmen County', kind: 'region', parent: 'TZ', people: 11 },
];

interface RankRow {
  share: number;
  post?: { level: string; title: string };
  grade?: string;
}

/** How ranks are spread; shares add up to 100. */
const RANKS: readonly RankRow[] = [
  { share: 4, post: { level: 'division-head', title: '局长' }, grade: 'researcher-1' },
  { share: 6, post: { level: 'division-deputy', title: '副局长' }, grade: 'researcher-3' },
  { share: 4, grade: 'researcher-4' },
  { share: 16, post: { level: 'section-head', title: '科长' }, grade: 'principal-1' },
  { share: 18, post: { level: 'section-deputy', title: '副科长' }, grade: 'principal-3' },
  { share: 14, grade: 'principal-1' },
  { share: 12, grade: 'principal-2' },
  { share: 12, grade: 'principal-4' },
  { share: 9, grade: 'clerk-1' },
  { share: 5, grade: 'clerk-2' },
];

interface NamedRow {
  loginName: string;
  name: string;
  unit: string;
  born: string;
  post?: { level: string; title: string };
  grade?: string;
  role: { zh: string; en: string };
  app: 'learner' | 'admin';
  grants: readonly {
    role: Role;
    scope: (find: { unit: (code: string) => Id; base: (code: string) => Id; year: Id }) => Scope;
  }[];
}

const network = (): Scope => ({ kind: 'network' });

const NAMED: readonly NamedRow[] = [
  {
    loginName: 'linhaiyan',
    name: '林海燕',
    unit: 'JJ-DC',
    born: '1992-03-04',
    post: { level: 'section-deputy', title: '副镇长' },
    role: { zh: '学员（干部）', en: 'learner' },
    app: 'learner',
    grants: [],
  },
  {
    loginName: 'linxiaodong',
    name: '林晓东',
    unit: 'JJ-NY',
    born: '1988-09-12',
    post: { level: 'section-head', title: '科长' },
    role: { zh: '学员（干部）', en: 'learner' },
    app: 'learner',
    grants: [],
  },
  {
    loginName: 'chenguoping',
    name: '陈国平',
    unit: 'JJ-DC',
    born: '1975-06-30',
    grade: 'principal-1',
    role: { zh: '基地管理员（大陈岛）', en: 'base admin (Dachen Island)' },
    app: 'admin',
    grants: [
      { role: 'base-admin', scope: ({ base }) => ({ kind: 'bases', baseIds: [base('C00'), base('P03')] }) },
    ],
  },
  {
    loginName: 'wangmin',
    name: '王敏',
    unit: 'TZ-DX',
    born: '1983-01-15',
    post: { level: 'section-head', title: '联盟办主任' },
    role: { zh: '联盟秘书处', en: 'alliance admin' },
    app: 'admin',
    grants: [{ role: 'alliance-admin', scope: network }],
  },
  {
    loginName: 'zhaoli',
    name: '赵丽',
    unit: 'JJ',
    born: '1988-11-02',
    grade: 'principal-2',
    role: { zh: '单位联络员（椒江区）', en: 'unit training officer (Jiaojiang)' },
    app: 'admin',
    grants: [{ role: 'unit-training-officer', scope: ({ unit }) => ({ kind: 'unit', unitId: unit('JJ') }) }],
  },
  {
    loginName: 'xuwei',
    name: '徐伟',
    unit: 'TZ-ZZ',
    born: '1980-07-21',
    post: { level: 'section-head', title: '干部教育科科长' },
    role: { zh: '组织部干教科', en: 'organisation officer' },
    app: 'admin',
    grants: [{ role: 'organisation-officer', scope: ({ unit }) => ({ kind: 'unit', unitId: unit('TZ') }) }],
  },
  {
    loginName: 'huangjun',
    name: '黄俊',
    unit: 'TZ-ZZ',
    born: '1986-04-18',
    grade: 'principal-1',
    role: { zh: '考核（2026 年度）', en: 'assessment officer' },
    app: 'admin',
    grants: [
      {
        role: 'assessment-officer',
        scope: ({ year }) => ({ kind: 'assessment-year', assessmentYearId: year }),
      },
    ],
  },
  {
    loginName: 'hejing',
    name: '何静',
    unit: 'TZ-DX',
    born: '1979-12-09',
    post: { level: 'section-head', title: '教授' },
    role: { zh: '师资（授课教师）', en: 'instructor' },
    app: 'admin',
    grants: [{ role: 'instructor', scope: network }],
  },
  {
    loginName: 'shenji',
    name: '沈计',
    unit: 'TZ-JW',
    born: '1982-02-27',
    grade: 'principal-1',
    role: { zh: '审计（只读）', en: 'auditor' },
    app: 'admin',
    grants: [{ role: 'auditor', scope: network }],
  },
  {
    loginName: 'admin',
    name: '金石',
    unit: 'TZ-SJ',
    born: '1990-10-10',
    grade: 'principal-3',
    role: { zh: '系统管理员', en: 'system admin' },
    app: 'admin',
    grants: [{ role: 'system-admin', scope: network }],
  },
];

/** One named person per role. */
export const DEMO_ROLES: readonly DemoRole[] = NAMED.map(({ loginName, name, role, app }) => ({
  loginName,
  name,
  role,
  app,
}));

function createUnits(newId: IdGenerator): Unit[] {
  const units: Unit[] = [];
  for (const row of UNITS) {
    const parent = units.find((unit) => unit.code === row.parent) ?? null;
    const id = newId();
    units.push({
      id,
      code: row.code,
      name: { zh: row.zh, en: row.en },
      kind: row.kind,
      parentId: parent?.id ?? null,
      path: [...(parent?.path ?? []), id],
      demo: true,
    });
  }
  return units;
}

const pickRank = (chance: Chance): RankRow => {
  let left = chance.between(1, 100);
  return RANKS.find((rank) => (left -= rank.share) <= 0) ?? RANKS[0]!;
};

/** Units, about 300 people of all ranks with dated histories, an account each, and one named person per role. */
export function createPeople(
  chance: Chance,
  newId: IdGenerator,
  bases: readonly Base[],
  assessmentYearId: Id,
  today: CivilDate,
): DemoPeople {
  const units = createUnits(newId);
  const unitOf = (code: string): Unit => units.find((unit) => unit.code === code)!;
  const people: Person[] = [];

  const add = (
    unit: Unit,
    name: string,
    birthDate: CivilDate,
    rank: { post?: { level: string; title: string } | undefined; grade?: string | undefined },
  ): Person => {
    const since = addDays(today, -chance.between(500, 3_500));
    const posts: PostRecord[] = rank.post
      ? [{ postLevel: rank.post.level, title: rank.post.title, from: since, to: null }]
      : [];
    const grades: GradeRecord[] = rank.grade ? [{ grade: rank.grade, from: since, to: null }] : [];
    const person: Person = {
      id: newId(),
      personNo: `TZ${String(people.length + 1).padStart(5, '0')}`,
      name,
      birthDate,
      unitId: unit.id,
      unitPath: unit.path,
      affiliations: [{ unitId: unit.id, kind: 'home', from: since, to: null }],
      posts,
      grades,
      status: 'active',
      demo: true,
    };
    people.push(person);
    return person;
  };

  const named = NAMED.map((row) => ({ row, person: add(unitOf(row.unit), row.name, row.born, row) }));
  for (const row of UNITS) {
    const unit = unitOf(row.code);
    const present = people.filter((person) => person.unitId === unit.id).length;
    for (let count = present; count < row.people; count += 1)
      add(unit, personName(chance), addDays(today, -chance.between(24 * 365, 58 * 365)), pickRank(chance));
  }

  const find = {
    unit: (code: string) => unitOf(code).id,
    base: (code: string) => bases.find((base) => base.code === code)!.id,
    year: assessmentYearId,
  };
  const namedLogins = new Map(named.map(({ row, person }) => [person.id, row.loginName]));
  const grantOf = (person: Person, { role, scope }: NamedRow['grants'][number]): Grant => ({
    id: newId(),
    personId: person.id,
    role,
    scope: scope(find),
    from: addDays(today, -365),
    to: null,
    grantedBy: null,
    delegatedFrom: null,
    revokedAt: null,
  });
  // What one officer of the organisation department drafts another one has to approve.
  const officer = NAMED.find(({ grants }) => grants.some(({ role }) => role === 'organisation-officer'))!;
  const colleague = people.find(
    ({ id, unitId }) => unitId === find.unit(officer.unit) && !namedLogins.has(id),
  )!;
  return {
    units,
    people,
    accounts: people.map((person) => ({
      id: newId(),
      personId: person.id,
      loginName: namedLogins.get(person.id) ?? person.personNo.toLowerCase(),
    })),
    grants: [
      ...named.flatMap(({ row, person }) => row.grants.map((grant) => grantOf(person, grant))),
      ...officer.grants.map((grant) => grantOf(colleague, grant)),
    ],
  };
}
