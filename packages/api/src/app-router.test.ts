import { createDemonstration, DEMO_REGULATION_TEXT, type Demonstration } from '@cadre/demo/demonstration';
import type { Actor, Role, Scope } from '@cadre/domain/access';
import { AppError, type ErrorCode, type Id } from '@cadre/domain/core';
import type { RegulationDraft } from '@cadre/domain/regulation';
import { TRPCError } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appRouter } from './app-router';
import { createTestApi, TEST_NOW, type TestApi } from './testing';

/**
 * Who may call what. The procedures are read from the router, the expectations below are written by hand: for every
 * role, once with an object inside its scope and once with a foreign one. A procedure without a row fails the test.
 * A cell that is allowed may still be refused for what it asks (a wrong code, a stale revision): the gate let it through.
 */
type Caller = 'learner' | 'client' | Exclude<Role, 'unit-leader' | 'class-teacher' | 'host'>;
const STAFF = [
  'unit-training-officer',
  'instructor',
  'base-admin',
  'alliance-admin',
  'organisation-officer',
  'assessment-officer',
  'auditor',
  'system-admin',
] as const satisfies readonly Role[];
const CALLERS: readonly Caller[] = ['learner', 'client', ...STAFF];
const GATES: readonly string[] = [
  'NOT_SIGNED_IN',
  'NOT_ALLOWED',
  'NOT_FOUND',
  'API_KEY_MISSING',
  'PASSWORD_CHANGE_REQUIRED',
];

type Side = 'own' | 'foreign';
interface Verdict {
  allow: readonly Caller[];
  otherwise: ErrorCode;
  /** Callers refused in another way than the others. */
  but?: Partial<Record<Caller, ErrorCode>>;
}
interface Row {
  input?: (scene: Scene, side: Side) => unknown;
  /** Without `foreign` there is no object, and one verdict. */
  own: Verdict;
  foreign?: Verdict;
}

interface Scene {
  demo: Demonstration;
  base: Record<Side, Id>;
  venue: Record<Side, Id>;
  instructor: Record<Side, Id>;
  session: Record<Side, Id>;
  class: Record<Side, Id>;
  person: Record<Side, Id>;
  unit: Record<Side, Id>;
  year: Record<Side, Id>;
  settlement: Record<Side, Id>;
  enrollment: Record<Side, Id>;
  draft: Record<Side, Id>;
  preview: Record<Side, Id>;
  theme: Id;
  course: Id;
  lesson: Id;
  nobody: Id;
}

const everyone: readonly Caller[] = CALLERS.filter((caller) => caller !== 'client');
const only = (...allow: readonly Caller[]): Verdict => ({ allow, otherwise: 'NOT_ALLOWED' });
const found = (...allow: readonly Caller[]): Verdict => ({ allow, otherwise: 'NOT_FOUND' });
const LEDGER_READERS = [
  'auditor',
  'alliance-admin',
  'base-admin',
  'organisation-officer',
  'assessment-officer',
  'system-admin',
] as const satisfies readonly Caller[];
const all: Verdict = { allow: everyone, otherwise: 'NOT_SIGNED_IN' };
const none: Verdict = { allow: [], otherwise: 'NOT_FOUND' };

const page = { page: 1, pageSize: 5 };
const at = (days: number, hour: number) =>
  new Date(TEST_NOW.getTime() + days * 86_400_000 + hour * 3_600_000);
const bilingual = { zh: '试', en: 'try' };
const courseFields = (scene: Scene) => ({
  forms: ['lecture'],
  alsoTouches: [],
  classHours: 40_000,
  reviewBy: '2027-01-01',
  baseIds: [],
  title: bilingual,
  summary: '',
  audience: '',
  abilities: [],
  themeId: scene.theme,
});
const identityFields = {
  designations: [],
  name: bilingual,
  theme: bilingual,
  description: '',
  tier: 'case',
  parentId: null,
  location: {
    province: '浙江',
    city: '台州',
    county: '椒江区',
    latitude: 28,
    longitude: 121,
    datum: 'WGS-84',
    accuracyKm: 1,
  },
};
const runningFields = { capacityPerHalfDay: 50, access: '', openingHours: [], blackouts: [] };
const placement = (scene: Scene, side: Side) => ({
  baseId: scene.base[side],
  venueId: scene.venue[side],
  instructorIds: [],
  startsAt: at(60, 1),
  endsAt: at(60, 3),
});

const regulationAt = (side: Side) => ({ code: side === 'own' ? 'demo-2026' : 'nothing', version: 1 });
const noRegulation: Verdict = {
  ...only(),
  but: {
    'unit-training-officer': 'NOT_FOUND',
    'organisation-officer': 'NOT_FOUND',
    auditor: 'NOT_FOUND',
  },
};

const ROWS: Readonly<Record<string, Row>> = {
  'catalog.themes': { own: all },
  'catalog.searchCourses': { input: () => page, own: all },
  'catalog.searchMicroLessons': { input: () => page, own: all },
  'catalog.course': {
    input: ({ course, nobody }, side) => ({ courseId: side === 'own' ? course : nobody }),
    own: all,
    foreign: none,
  },
  'catalog.createTheme': {
    input: () => ({ code: 'T77', forms: ['lecture'], name: bilingual, order: 77 }),
    own: only('alliance-admin'),
  },
  'catalog.updateTheme': {
    input: ({ theme }) => ({ themeId: theme, forms: ['lecture'], name: bilingual, order: 1 }),
    own: only('alliance-admin'),
  },
  'catalog.createCourse': {
    input: (scene) => ({ ...courseFields(scene), code: 'T01-C77' }),
    own: only('alliance-admin'),
  },
  'catalog.updateCourse': {
    input: (scene) => ({ courseId: scene.course, revision: 99, fields: courseFields(scene) }),
    own: only('alliance-admin'),
  },
  'catalog.moveCourse': {
    input: ({ course }) => ({ courseId: course, revision: 99, to: 'withdrawn' }),
    own: only('alliance-admin'),
  },
  'catalog.createMicroLesson': {
    input: ({ course }) => ({
      courseId: course,
      code: 'T01-C01-M77',
      lengthMinutes: 5,
      baseId: null,
      title: '试',
      order: 77,
      reviewBy: '2027-01-01',
    }),
    own: only('alliance-admin'),
  },
  'catalog.updateMicroLesson': {
    input: ({ lesson }) => ({
      microLessonId: lesson,
      revision: 99,
      fields: { lengthMinutes: 5, baseId: null, title: '试', order: 1, reviewBy: '2027-01-01' },
    }),
    own: only('alliance-admin'),
  },
  'catalog.planBoard': { own: only('base-admin', 'alliance-admin', 'organisation-officer', 'auditor') },
  'catalog.planRecords': {
    input: () => ({ ...page, unit: 'course', state: 'done' }),
    own: only('base-admin', 'alliance-admin', 'organisation-officer', 'auditor'),
  },
  'catalog.planVersions': { own: only('base-admin', 'alliance-admin', 'organisation-officer', 'auditor') },
  'catalog.savePlan': {
    input: ({ demo }) => ({
      code: demo.plan.code,
      basedOn: 99,
      name: bilingual,
      from: '2026-01-01',
      to: '2026-12-31',
      tiers: demo.plan.tiers,
    }),
    own: only('alliance-admin', 'organisation-officer'),
  },
  'assessment.mine': { own: all },
  'assessment.years': { own: all },
  'assessment.table': {
    input: ({ year }, side) => ({ ...page, assessmentYearId: year[side], search: '', show: [] }),
    own: found('assessment-officer', 'auditor'),
    foreign: found('auditor'),
  },
  'assessment.freezing': {
    input: ({ year }, side) => ({ assessmentYearId: year[side] }),
    own: found('assessment-officer', 'auditor'),
    foreign: found('auditor'),
  },
  'assessment.freezeProgress': {
    input: ({ year }, side) => ({ assessmentYearId: year[side] }),
    own: found('assessment-officer', 'auditor'),
    foreign: found('auditor'),
  },
  'assessment.freeze': {
    input: ({ year }, side) => ({ assessmentYearId: year[side] }),
    own: { ...found('assessment-officer'), but: { auditor: 'NOT_ALLOWED' } },
    foreign: { ...none, but: { auditor: 'NOT_ALLOWED' } },
  },
  'assessment.feed': {
    input: ({ year }, side) => ({ assessmentYearId: year[side] }),
    own: { allow: ['client'], otherwise: 'API_KEY_MISSING' },
    foreign: { allow: [], otherwise: 'API_KEY_MISSING', but: { client: 'NOT_FOUND' } },
  },
  'assessment.feedYears': { own: { allow: ['client'], otherwise: 'API_KEY_MISSING' } },
  'assessment.keys': { own: { allow: CALLERS, otherwise: 'NOT_FOUND' } },
  'audit.list': {
    input: () => ({ ...page, action: null, personId: null, from: null, to: null }),
    own: only('auditor', 'system-admin'),
  },
  'job.stuck': { own: only('system-admin') },
  'job.retry': {
    input: () => ({ jobId: '01890000-0000-7000-8000-00000000dead' }),
    own: { ...only(), but: { 'system-admin': 'NOT_FOUND' } },
  },
  'clock.now': { own: { allow: CALLERS, otherwise: 'NOT_FOUND' } },
  'clock.advance': { input: () => ({ to: TEST_NOW }), own: all },
  'credit.myStandings': { own: all },
  'credit.myStatement': { input: () => ({}), own: all },
  // The assessed year of the scene is the whole region's, with the people of all its units.
  'credit.statementOfPerson': {
    input: ({ person }, side) => ({ personId: person[side] }),
    own: found('unit-training-officer', 'organisation-officer', 'assessment-officer', 'auditor'),
    foreign: found('assessment-officer', 'auditor'),
  },
  'credit.why': {
    input: ({ settlement }, side) => ({ settlementId: settlement[side] }),
    own: found('unit-training-officer', 'organisation-officer', 'assessment-officer', 'auditor'),
    foreign: found('assessment-officer', 'auditor'),
  },
  'credit.checkChain': {
    input: ({ person }, side) => ({ personId: person[side] }),
    own: found('unit-training-officer', 'organisation-officer', 'assessment-officer', 'auditor'),
    foreign: found('assessment-officer', 'auditor'),
  },
  'credit.progress': {
    input: ({ unit }, side) => ({ ...page, unitId: unit[side], search: '', show: [] }),
    own: only('unit-training-officer', 'organisation-officer', 'auditor'),
    foreign: {
      ...only('auditor'),
      but: { 'unit-training-officer': 'NOT_FOUND', 'organisation-officer': 'NOT_FOUND' },
    },
  },
  'enrollment.enroll': {
    input: (scene, side) => ({ classId: side === 'own' ? scene.class.own : scene.nobody }),
    own: all,
    foreign: none,
  },
  'enrollment.withdraw': {
    input: ({ enrollment }, side) => ({ enrollmentId: enrollment[side] }),
    own: found('unit-training-officer', 'organisation-officer'),
    foreign: none,
  },
  'enrollment.mine': { input: () => page, own: all },
  'enrollment.roster': {
    input: (scene, side) => ({ ...page, classId: scene.class[side] }),
    own: found('base-admin', 'alliance-admin', 'auditor'),
    foreign: found('alliance-admin', 'auditor'),
  },
  'enrollment.ofUnit': {
    input: () => page,
    own: only('unit-training-officer', 'organisation-officer', 'auditor'),
  },
  'enrollment.seatCounts': { input: (scene) => ({ classIds: [scene.class.own] }), own: all },
  'directory.units': { own: all },
  'directory.addUnit': {
    input: ({ unit }) => ({ code: 'X-1', name: bilingual, kind: 'organ', parentId: unit.own }),
    own: only('system-admin'),
  },
  'directory.people': {
    input: ({ unit }, side) => ({ ...page, unitId: unit[side], search: '' }),
    own: only('unit-training-officer', 'organisation-officer', 'auditor', 'system-admin'),
    foreign: {
      ...only('auditor', 'system-admin'),
      but: { 'unit-training-officer': 'NOT_FOUND', 'organisation-officer': 'NOT_FOUND' },
    },
  },
  'directory.person': {
    input: ({ person }, side) => ({ personId: person[side] }),
    own: found('unit-training-officer', 'organisation-officer', 'auditor', 'system-admin'),
    foreign: found('auditor', 'system-admin'),
  },
  'directory.addPerson': {
    input: ({ unit }) => ({
      personNo: 'X-1',
      name: '试',
      birthDate: null,
      unitId: unit.own,
      since: '2026-01-01',
      post: null,
      grade: null,
    }),
    own: only('system-admin'),
  },
  'directory.changeHistory': {
    input: ({ person }, side) => ({ personId: person[side], on: '1990-01-01', change: { kind: 'retire' } }),
    own: {
      ...found('system-admin'),
      but: {
        'unit-training-officer': 'NOT_ALLOWED',
        'organisation-officer': 'NOT_ALLOWED',
        auditor: 'NOT_ALLOWED',
      },
    },
    foreign: { ...found('system-admin'), but: { auditor: 'NOT_ALLOWED' } },
  },
  'directory.withdrawChanges': {
    input: ({ person }, side) => ({ personId: person[side] }),
    own: {
      ...found('system-admin'),
      but: {
        'unit-training-officer': 'NOT_ALLOWED',
        'organisation-officer': 'NOT_ALLOWED',
        auditor: 'NOT_ALLOWED',
      },
    },
    foreign: { ...found('system-admin'), but: { auditor: 'NOT_ALLOWED' } },
  },
  'directory.openAccount': {
    input: ({ person }, side) => ({ personId: person[side], loginName: 'someone' }),
    own: {
      ...found('system-admin'),
      but: {
        'unit-training-officer': 'NOT_ALLOWED',
        'organisation-officer': 'NOT_ALLOWED',
        auditor: 'NOT_ALLOWED',
      },
    },
    foreign: { ...found('system-admin'), but: { auditor: 'NOT_ALLOWED' } },
  },
  'directory.issuePassword': {
    input: ({ person }, side) => ({ personId: person[side] }),
    own: {
      ...found('system-admin', 'unit-training-officer'),
      but: { 'organisation-officer': 'NOT_ALLOWED', auditor: 'NOT_ALLOWED' },
    },
    foreign: { ...found('system-admin'), but: { auditor: 'NOT_ALLOWED' } },
  },
  'directory.setAccountDisabled': {
    input: ({ person }, side) => ({ personId: person[side], disabled: false }),
    own: {
      ...found('system-admin'),
      but: {
        'unit-training-officer': 'NOT_ALLOWED',
        'organisation-officer': 'NOT_ALLOWED',
        auditor: 'NOT_ALLOWED',
      },
    },
    foreign: { ...found('system-admin'), but: { auditor: 'NOT_ALLOWED' } },
  },
  'directory.scopeTargets': {
    input: () => ({ kind: 'session', search: '' }),
    own: only('system-admin'),
  },
  'directory.addGrant': {
    input: ({ person }, side) => ({
      personId: person[side],
      role: 'auditor',
      scope: { kind: 'network' },
      from: '2030-01-01',
      to: null,
    }),
    own: {
      ...found('system-admin'),
      but: {
        'unit-training-officer': 'NOT_ALLOWED',
        'organisation-officer': 'NOT_ALLOWED',
        auditor: 'NOT_ALLOWED',
      },
    },
    foreign: { ...found('system-admin'), but: { auditor: 'NOT_ALLOWED' } },
  },
  'directory.revokeGrant': {
    input: ({ demo }) => ({ grantId: demo.grants[0]!.id }),
    own: only('system-admin'),
  },
  'directory.apiClients': { own: only('auditor', 'system-admin') },
  'directory.addApiClient': {
    input: () => ({ name: '试', permissions: ['feed:read'], assessmentYearIds: null }),
    own: only('system-admin'),
  },
  'directory.revokeApiClient': {
    input: ({ nobody }) => ({ clientId: nobody }),
    own: { ...only(), but: { 'system-admin': 'NOT_FOUND' } },
  },
  'identity.signIn': {
    input: () => ({ loginName: 'nobody', password: 'x' }),
    own: { allow: CALLERS, otherwise: 'NOT_FOUND' },
  },
  'identity.me': { own: all },
  'identity.signOut': { own: all },
  'identity.signOutEverywhere': { own: all },
  'identity.changePassword': { input: () => ({ currentPassword: 'x', newPassword: 'y' }), own: all },
  'identity.updateSettings': {
    input: () => ({ language: 'zh', largeType: false, theme: 'system' }),
    own: all,
  },
  'ledger.roots': { input: () => page, own: { allow: CALLERS, otherwise: 'NOT_FOUND' } },
  'ledger.keys': { own: { allow: CALLERS, otherwise: 'NOT_FOUND' } },
  'ledger.myProof': { own: all },
  'ledger.countersign': {
    input: (scene, side) => ({
      rootNumber: 1,
      role: 'base',
      baseId: scene.base[side],
      keyId: 'x',
      signedAt: TEST_NOW,
      signature: 'A'.repeat(86),
    }),
    own: only('base-admin'),
    foreign: only(),
  },
  'ledger.registerOfficeKey': {
    input: (scene, side) => ({ role: 'base', baseId: scene.base[side], x: 'A'.repeat(43) }),
    own: only('base-admin'),
    foreign: only(),
  },
  'ledger.state': { own: only(...LEDGER_READERS) },
  'ledger.sealed': { input: () => page, own: only(...LEDGER_READERS) },
  'ledger.offices': { own: only(...LEDGER_READERS) },
  'ledger.verifications': { own: only(...LEDGER_READERS) },
  'ledger.startVerification': {
    own: only('alliance-admin', 'auditor', 'organisation-officer', 'system-admin'),
  },
  'ledger.rotateKey': { own: only('system-admin') },
  'ledger.startRecompute': { own: only('alliance-admin') },
  'ledger.recomputeRuns': { own: only('alliance-admin', 'auditor') },
  'ledger.recomputeDifferences': {
    input: ({ nobody }) => ({ ...page, runId: nobody }),
    own: { ...only(), but: { 'alliance-admin': 'NOT_FOUND', auditor: 'NOT_FOUND' } },
  },
  'ledger.settleAgain': {
    input: ({ nobody }) => ({ differenceId: nobody }),
    own: { ...only(), but: { 'alliance-admin': 'NOT_FOUND' } },
  },
  'live.scan': {
    input: (scene, side) => ({ sessionId: scene.session[side], token: 'x'.repeat(22) }),
    own: { allow: CALLERS, otherwise: 'NOT_FOUND' },
  },
  // Somebody without a seat learns nothing from a wrong code, not even that there is such a session.
  'live.checkIn': {
    input: (scene, side) => ({ sessionId: scene.session[side], proof: { kind: 'code', digits: '000000' } }),
    own: none,
    foreign: none,
  },
  'live.redeem': { input: (scene) => ({ sessionId: scene.session.own }), own: all },
  'live.checkOut': { input: (scene) => ({ sessionId: scene.session.own }), own: all },
  'live.dispute': { input: (scene) => ({ sessionId: scene.session.own, text: '不对' }), own: all },
  'live.myRoom': { input: (scene) => ({ sessionId: scene.session.own }), own: all },
  'live.rooms': { input: () => ({ date: '2026-11-18' }), own: all },
  'live.disputed': { own: all },
  'live.room': {
    input: (scene, side) => ({ sessionId: scene.session[side] }),
    own: found('instructor', 'base-admin', 'alliance-admin', 'auditor'),
    foreign: found('alliance-admin', 'auditor'),
  },
  'live.hall': {
    input: (scene, side) => ({ sessionId: scene.session[side] }),
    own: { ...found('instructor', 'base-admin', 'alliance-admin'), but: { auditor: 'NOT_ALLOWED' } },
    foreign: { ...found('alliance-admin'), but: { auditor: 'NOT_ALLOWED' } },
  },
  'live.open': {
    input: (scene, side) => ({ sessionId: scene.session[side] }),
    own: { ...found('instructor', 'base-admin', 'alliance-admin'), but: { auditor: 'NOT_ALLOWED' } },
    foreign: { ...found('alliance-admin'), but: { auditor: 'NOT_ALLOWED' } },
  },
  'live.extend': {
    input: (scene, side) => ({ sessionId: scene.session[side], until: at(0, 9) }),
    own: { ...found('instructor', 'base-admin', 'alliance-admin'), but: { auditor: 'NOT_ALLOWED' } },
    foreign: { ...found('alliance-admin'), but: { auditor: 'NOT_ALLOWED' } },
  },
  'live.close': {
    input: (scene, side) => ({ sessionId: scene.session[side] }),
    own: { ...found('instructor', 'base-admin', 'alliance-admin'), but: { auditor: 'NOT_ALLOWED' } },
    foreign: { ...found('alliance-admin'), but: { auditor: 'NOT_ALLOWED' } },
  },
  'live.checkInByHand': {
    input: (scene, side) => ({ sessionId: scene.session[side], personId: scene.person.own }),
    own: { ...found('instructor', 'base-admin', 'alliance-admin'), but: { auditor: 'NOT_ALLOWED' } },
    foreign: { ...found('alliance-admin'), but: { auditor: 'NOT_ALLOWED' } },
  },
  'live.checkOutByHand': {
    input: (scene, side) => ({ sessionId: scene.session[side], personId: scene.person.own }),
    own: { ...found('instructor', 'base-admin', 'alliance-admin'), but: { auditor: 'NOT_ALLOWED' } },
    foreign: { ...found('alliance-admin'), but: { auditor: 'NOT_ALLOWED' } },
  },
  'live.announce': {
    input: (scene, side) => ({ sessionId: scene.session[side], text: '请入座' }),
    own: { ...found('instructor', 'base-admin', 'alliance-admin'), but: { auditor: 'NOT_ALLOWED' } },
    foreign: { ...found('alliance-admin'), but: { auditor: 'NOT_ALLOWED' } },
  },
  'network.list': { input: () => page, own: all },
  'network.map': { input: () => ({}), own: all },
  'network.get': {
    input: ({ base, nobody }, side) => ({ baseId: side === 'own' ? base.own : nobody }),
    own: all,
    foreign: none,
  },
  'network.charter': { own: all },
  'network.setCharter': { input: () => ({ regional: 9 }), own: only('alliance-admin') },
  'network.createBase': {
    input: () => ({ ...identityFields, ...runningFields, code: 'X77' }),
    own: only('alliance-admin'),
  },
  'network.updateBase': {
    input: ({ base }) => ({
      baseId: base.own,
      revision: 99,
      identity: identityFields,
      running: runningFields,
    }),
    own: only('alliance-admin'),
  },
  'network.updateBaseRunning': {
    input: ({ base }, side) => ({ baseId: base[side], revision: 99, running: runningFields }),
    own: only('base-admin', 'alliance-admin'),
    foreign: only('alliance-admin'),
  },
  'network.moveBase': {
    input: ({ base }) => ({ baseId: base.own, revision: 99, to: 're-review' }),
    own: only('alliance-admin'),
  },
  'network.createVenue': {
    input: ({ base }, side) => ({
      baseId: base[side],
      code: 'V77',
      kind: 'hall',
      name: bilingual,
      capacity: 10,
    }),
    own: only('base-admin', 'alliance-admin'),
    foreign: only('alliance-admin'),
  },
  'network.updateVenue': {
    input: ({ venue }, side) => ({
      venueId: venue[side],
      revision: 99,
      kind: 'hall',
      name: bilingual,
      capacity: 10,
      active: true,
    }),
    own: only('base-admin', 'alliance-admin'),
    foreign: only('alliance-admin'),
  },
  'network.instructors': {
    input: ({ base }, side) => ({ baseId: base[side] }),
    own: only('base-admin', 'alliance-admin'),
    foreign: only('alliance-admin'),
  },
  'network.createInstructor': {
    input: ({ base }, side) => ({
      baseId: base[side],
      kind: 'lecturer',
      name: '试',
      title: '',
      personNo: null,
    }),
    own: only('base-admin', 'alliance-admin'),
    foreign: only('alliance-admin'),
  },
  'network.updateInstructor': {
    input: ({ instructor }, side) => ({
      instructorId: instructor[side],
      revision: 99,
      kind: 'lecturer',
      name: '试',
      title: '',
      personNo: null,
      active: true,
    }),
    own: only('base-admin', 'alliance-admin'),
    foreign: only('alliance-admin'),
  },
  'regulation.list': { own: only('unit-training-officer', 'organisation-officer', 'auditor') },
  'regulation.read': {
    input: (_scene, side) => regulationAt(side),
    own: only('unit-training-officer', 'organisation-officer', 'auditor'),
    foreign: noRegulation,
  },
  'regulation.compare': {
    input: (_scene, side) => ({ code: regulationAt(side).code, left: 1, right: 1 }),
    own: only('unit-training-officer', 'organisation-officer', 'auditor'),
    foreign: noRegulation,
  },
  'regulation.tryFacts': {
    input: (_scene, side) => ({ ...regulationAt(side), facts: '{}' }),
    own: only('unit-training-officer', 'organisation-officer', 'auditor'),
    foreign: noRegulation,
  },
  // The demonstration's regulation governs the whole city; the officer of the table writes for one district.
  'regulation.keepExample': {
    input: (_scene, side) => ({ ...regulationAt(side), facts: '{}', title: '试' }),
    own: only(),
    foreign: { ...only(), but: { 'organisation-officer': 'NOT_FOUND' } },
  },
  'regulation.acceptResult': {
    input: ({ draft }, side) => ({ ...regulationAt(side), exampleId: draft[side] }),
    own: only(),
    foreign: { ...only(), but: { 'organisation-officer': 'NOT_FOUND' } },
  },
  'regulation.saveDraft': {
    input: ({ unit }, side) => ({ draftId: null, revision: null, unitId: unit[side], text: '{}' }),
    own: only('organisation-officer'),
    foreign: { ...only(), but: { 'organisation-officer': 'NOT_FOUND' } },
  },
  'regulation.discardDraft': {
    input: ({ draft }, side) => ({ draftId: draft[side], revision: 99 }),
    own: { ...found('organisation-officer'), but: { auditor: 'NOT_ALLOWED' } },
    foreign: { ...none, but: { auditor: 'NOT_ALLOWED' } },
  },
  'regulation.submit': {
    input: ({ draft }, side) => ({ draftId: draft[side], revision: 99 }),
    own: { ...found('organisation-officer'), but: { auditor: 'NOT_ALLOWED' } },
    foreign: { ...none, but: { auditor: 'NOT_ALLOWED' } },
  },
  'regulation.sendBack': {
    input: ({ draft }, side) => ({ draftId: draft[side], revision: 99, remark: '试' }),
    own: { ...found('organisation-officer'), but: { auditor: 'NOT_ALLOWED' } },
    foreign: { ...none, but: { auditor: 'NOT_ALLOWED' } },
  },
  'regulation.approve': {
    input: ({ draft }, side) => ({ draftId: draft[side], revision: 99 }),
    own: { ...found('organisation-officer'), but: { auditor: 'NOT_ALLOWED' } },
    foreign: { ...none, but: { auditor: 'NOT_ALLOWED' } },
  },
  'regulation.startPreview': {
    input: ({ draft }, side) => ({ draftId: draft[side], basis: 'last' }),
    own: { ...found('organisation-officer'), but: { auditor: 'NOT_ALLOWED' } },
    foreign: { ...none, but: { auditor: 'NOT_ALLOWED' } },
  },
  'regulation.cancelPreview': {
    input: ({ preview }, side) => ({ runId: preview[side] }),
    own: { ...found('organisation-officer'), but: { auditor: 'NOT_ALLOWED' } },
    foreign: { ...none, but: { auditor: 'NOT_ALLOWED' } },
  },
  'regulation.preview': {
    input: ({ draft }, side) => ({ draftId: draft[side] }),
    own: found('organisation-officer', 'auditor'),
    foreign: found('auditor'),
  },
  'regulation.previewFlips': {
    input: ({ preview }, side) => ({ runId: preview[side], change: null, unitId: null, ...page }),
    own: found('organisation-officer', 'auditor'),
    foreign: found('auditor'),
  },
  'regulation.previewPerson': {
    input: ({ preview, person }, side) => ({ runId: preview[side], personId: person[side] }),
    own: found('organisation-officer', 'auditor'),
    foreign: found('auditor'),
  },
  'training.scheduleSession': {
    input: (scene, side) => ({
      ...placement(scene, side),
      courseId: scene.course,
      title: '试',
      mode: 'on-site',
      in: { kind: 'class', classId: scene.class[side] },
    }),
    own: only('base-admin', 'alliance-admin'),
    foreign: { ...only('alliance-admin'), but: { 'base-admin': 'NOT_FOUND' } },
  },
  'training.moveSession': {
    input: (scene, side) => ({ ...placement(scene, side), sessionId: scene.session[side], revision: 99 }),
    own: only('base-admin', 'alliance-admin'),
    foreign: { ...only('alliance-admin'), but: { 'base-admin': 'NOT_FOUND' } },
  },
  'training.cancelSession': {
    input: (scene, side) => ({ sessionId: scene.session[side], revision: 99, reason: '台风' }),
    own: only('base-admin', 'alliance-admin'),
    foreign: { ...only('alliance-admin'), but: { 'base-admin': 'NOT_FOUND' } },
  },
  'training.cancelClass': {
    input: (scene, side) => ({
      classId: side === 'own' ? scene.class.own : scene.class.foreign,
      reason: '台风',
    }),
    own: only('base-admin', 'alliance-admin'),
    foreign: { ...only('alliance-admin'), but: { 'base-admin': 'NOT_FOUND' } },
  },
  'training.changeCapacity': {
    input: (scene, side) => ({ classId: scene.class[side], revision: 99, capacity: 60 }),
    own: only('base-admin', 'alliance-admin'),
    foreign: { ...only('alliance-admin'), but: { 'base-admin': 'NOT_FOUND' } },
  },
  'training.assessPlacement': {
    input: (scene, side) => ({
      ...placement(scene, side),
      courseId: scene.course,
      mode: 'on-site',
      people: 10,
      sessionId: null,
      classId: null,
    }),
    own: only('base-admin', 'alliance-admin'),
    foreign: { ...only('alliance-admin'), but: { 'base-admin': 'NOT_FOUND' } },
  },
  'training.weekGrid': {
    input: (scene, side) => ({ date: '2026-11-18', by: 'venue', baseId: scene.base[side] }),
    own: only('base-admin', 'alliance-admin', 'organisation-officer', 'auditor'),
    foreign: {
      ...only('alliance-admin', 'organisation-officer', 'auditor'),
      but: { 'base-admin': 'NOT_FOUND' },
    },
  },
  'training.bases': { own: only('base-admin', 'alliance-admin', 'organisation-officer', 'auditor') },
  'training.notHeld': { own: only('base-admin', 'alliance-admin') },
  'training.resources': {
    input: (scene, side) => ({ baseId: scene.base[side] }),
    own: only('base-admin', 'alliance-admin', 'organisation-officer', 'auditor'),
    foreign: {
      ...only('alliance-admin', 'organisation-officer', 'auditor'),
      but: { 'base-admin': 'NOT_FOUND' },
    },
  },
  'training.listClasses': {
    input: () => page,
    own: only('base-admin', 'alliance-admin', 'organisation-officer', 'auditor'),
  },
  'training.openClasses': { input: () => page, own: all },
  'training.classDetail': {
    input: (scene, side) => ({ classId: side === 'own' ? scene.class.own : scene.nobody }),
    own: all,
    foreign: none,
  },
  'training.mySchedule': { input: () => ({ from: '2026-11-18', to: '2026-11-18' }), own: all },
  'training.sessionCalendar': {
    input: (scene, side) => ({ sessionId: side === 'own' ? scene.session.own : scene.nobody }),
    own: all,
    foreign: none,
  },
};

let api: TestApi;
let scene: Scene;
let actors: Record<Caller, Actor>;

beforeAll(async () => {
  api = await createTestApi();
  const demo = createDemonstration({ start: TEST_NOW });
  const { repositories, services } = api;
  await repositories.units.insertMany(demo.units);
  await repositories.people.insertMany(demo.people.map((person) => ({ person, idCardHash: null })));
  await repositories.accounts.insertMany(
    demo.accounts.map((account) => ({
      account: {
        ...account,
        mustChangePassword: false,
        failedAttempts: 0,
        lockedUntil: null,
        disabledAt: null,
        settings: { language: 'zh', largeType: false, theme: 'system' },
      },
      passwordHash: 'plain:x',
    })),
  );
  await repositories.grants.insertMany(demo.grants);
  await repositories.bases.insertMany(demo.bases);
  await repositories.venues.insertMany(demo.venues);
  await repositories.instructors.insertMany(demo.instructors);
  await repositories.themes.insertMany(demo.themes);
  await repositories.courses.insertMany(demo.courses);
  await repositories.microLessons.insertMany(demo.microLessons.slice(0, 10), demo.courses);
  await repositories.plans.tryInsert(demo.plan);
  const coming = demo.classes.filter((value) => value.status === 'open');
  const classIds = new Set(coming.map((value) => value.id));
  await repositories.classes.insertMany(coming);
  const baseOf = (code: string) => demo.bases.find((base) => base.code === code)!.id;
  const classAt = (code: string) => coming.find((value) => value.baseId === baseOf(code))!.id;
  // The one who signs in as an instructor teaches the class of one's own.
  const teacher = demo.instructors.find(({ personId }) => personId !== null)!;
  await repositories.sessions.insertMany(
    demo.sessions
      .filter((session) => classIds.has(session.classId))
      .map((session) =>
        session.classId === classAt('C00') ? { ...session, instructorIds: [teacher.id] } : session,
      ),
  );
  await repositories.enrollments.insertMany(demo.enrollments.filter((value) => classIds.has(value.classId)));
  await repositories.seatLedger.insertMany(demo.seatLedger.filter((entry) => classIds.has(entry.classId)));
  await repositories.assessmentYears.insert(demo.assessmentYear);
  const otherYear = { ...demo.assessmentYear, id: api.newId(), name: '另一年度' };
  await repositories.assessmentYears.insert(otherYear);
  await services.regulation.importApproved(DEMO_REGULATION_TEXT, demo.units[0]!.id);

  const unitOf = (code: string) => demo.units.find((unit) => unit.code === code)!.id;
  const personIn = (code: string) =>
    demo.people.filter((person) => person.unitPath.includes(unitOf(code))).at(-1)!;
  const people = { own: personIn('JJ'), foreign: personIn('HY') };
  const settle = async (personId: Id): Promise<Id> => {
    const fact = demo.facts.find((candidate) => candidate.personId === personId)!;
    await services.recordedFact.record(
      [{ personId, title: fact.title, source: fact.activities[0]!.source, activities: fact.activities }],
      null,
    );
    return (await repositories.ledger.listSettlements(personId))[0]!.id;
  };
  const sessionAt = (code: string) => demo.sessions.find((session) => session.classId === classAt(code))!.id;
  const venueAt = (code: string) => demo.venues.find((venue) => venue.baseId === baseOf(code))!.id;
  const instructorAt = (code: string) =>
    demo.instructors.find((instructor) => instructor.baseId === baseOf(code))!.id;
  const enrollmentIn = (unit: string) =>
    demo.enrollments.find((value) => classIds.has(value.classId) && value.unitPath.includes(unitOf(unit)))!
      .id;
  const draftFor = async (unit: string): Promise<Id> => {
    const id = api.newId();
    const draft: RegulationDraft = {
      id,
      code: `draft-${unit}`,
      version: 1,
      unitId: unitOf(unit),
      state: 'draft',
      text: DEMO_REGULATION_TEXT,
      authorId: people.own.id,
      writtenAt: TEST_NOW,
      remark: '',
      decidedBy: null,
      decidedAt: null,
      revision: 0,
    };
    await api.test.database.transaction((tx) => repositories.regulationDrafts.tryInsert(draft, tx));
    return id;
  };
  const draft = { own: await draftFor('JJ'), foreign: await draftFor('HY') };
  const previewOf = async (draftId: Id): Promise<Id> => {
    const officer: Actor = {
      kind: 'person',
      personId: people.own.id,
      accountId: api.newId(),
      grants: [
        { id: api.newId(), role: 'organisation-officer', scope: { kind: 'unit', unitId: demo.units[0]!.id } },
      ],
    };
    const { id } = await services.regulationPreview.start(officer, { draftId, basis: 'last' });
    await services.regulationPreview.step(id);
    return id;
  };
  scene = {
    demo,
    base: { own: baseOf('C00'), foreign: baseOf('P02') },
    venue: { own: venueAt('C00'), foreign: venueAt('P02') },
    instructor: { own: instructorAt('C00'), foreign: instructorAt('P02') },
    class: { own: classAt('C00'), foreign: classAt('P02') },
    session: { own: sessionAt('C00'), foreign: sessionAt('P02') },
    person: { own: people.own.id, foreign: people.foreign.id },
    unit: { own: unitOf('JJ'), foreign: unitOf('HY') },
    year: { own: demo.assessmentYear.id, foreign: otherYear.id },
    settlement: { own: await settle(people.own.id), foreign: await settle(people.foreign.id) },
    enrollment: { own: enrollmentIn('JJ'), foreign: enrollmentIn('HY') },
    draft,
    preview: { own: await previewOf(draft.own), foreign: await previewOf(draft.foreign) },
    theme: demo.themes[0]!.id,
    course: demo.courses[0]!.id,
    lesson: demo.microLessons[0]!.id,
    nobody: api.newId(),
  };

  await services.seal.seal();

  const scopes: Record<(typeof STAFF)[number], Scope> = {
    'unit-training-officer': { kind: 'unit', unitId: scene.unit.own },
    instructor: { kind: 'network' },
    'base-admin': { kind: 'bases', baseIds: [scene.base.own] },
    'alliance-admin': { kind: 'network' },
    'organisation-officer': { kind: 'unit', unitId: scene.unit.own },
    'assessment-officer': { kind: 'assessment-year', assessmentYearId: scene.year.own },
    auditor: { kind: 'network' },
    'system-admin': { kind: 'network' },
  };
  // Besides the teacher: people outside everybody's scope who have no part in the scene's classes.
  const busy = new Set(
    demo.enrollments
      .filter((value) => value.classId === scene.class.own || value.classId === scene.class.foreign)
      .map((value) => value.personId),
  );
  const bystanders = demo.people.filter(
    (person) =>
      !busy.has(person.id) &&
      person.id !== teacher.personId &&
      !person.unitPath.includes(scene.unit.own) &&
      !person.unitPath.includes(scene.unit.foreign),
  );
  const actorOf = (personId: Id, grants: { role: Role; scope: Scope }[]): Actor => {
    const account = demo.accounts.find((candidate) => candidate.personId === personId)!;
    return {
      kind: 'person',
      personId,
      accountId: account.id,
      grants: grants.map((grant) => ({ ...grant, id: api.newId() })),
    };
  };
  actors = {
    learner: actorOf(bystanders[0]!.id, []),
    client: {
      kind: 'client',
      clientId: api.newId(),
      permissions: ['feed:read'],
      assessmentYearIds: [scene.year.own],
    },
    ...(Object.fromEntries(
      STAFF.map((role, index) => [
        role,
        actorOf(role === 'instructor' ? teacher.personId! : bystanders[index + 1]!.id, [
          { role, scope: scopes[role] },
        ]),
      ]),
    ) as Record<(typeof STAFF)[number], Actor>),
  };
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
});

type Call = (input: unknown) => Promise<unknown>;
const procedures = Object.keys(appRouter._def.procedures).sort();

/** The code a call is refused with, null when the gates let it through. */
async function gateOf(actor: Actor | null, path: string, input: unknown): Promise<string | null> {
  const [feature = '', name = ''] = path.split('.');
  const caller = api.callerOf(actor) as unknown as Record<string, Record<string, Call>>;
  try {
    await caller[feature]![name]!(input);
    return null;
  } catch (error) {
    const cause = error instanceof TRPCError ? error.cause : error;
    if (cause instanceof AppError) return GATES.includes(cause.code) ? cause.code : null;
    throw error;
  }
}

const expectedOf = (verdict: Verdict, caller: Caller): string | null => {
  if (verdict.allow.includes(caller)) return null;
  return (
    verdict.but?.[caller] ??
    (caller === 'client' && verdict.otherwise !== 'API_KEY_MISSING' ? 'NOT_SIGNED_IN' : verdict.otherwise)
  );
};

describe('procedure × role', () => {
  it('has a row for every procedure, and no row for one that is gone', () => {
    expect(Object.keys(ROWS).sort()).toEqual(procedures);
  });

  it('refuses nobody everywhere but at the open procedures', async () => {
    for (const path of procedures) {
      const row = ROWS[path]!;
      const open = row.own.allow.includes('client') && row.own.allow.includes('learner');
      const expected = open
        ? null
        : row.own.otherwise === 'API_KEY_MISSING'
          ? 'API_KEY_MISSING'
          : 'NOT_SIGNED_IN';
      expect(await gateOf(null, path, row.input?.(scene, 'own')), path).toBe(expected);
    }
  });

  // Refused cells first: what is refused leaves no trace, so the allowed ones find the scene as it was.
  const cells = procedures.flatMap((path) =>
    (['own', 'foreign'] as const).flatMap((side) => {
      const verdict = ROWS[path]?.[side];
      return verdict
        ? CALLERS.map((caller) => ({ path, side, caller, expected: expectedOf(verdict, caller) }))
        : [];
    }),
  );

  it('refuses each role what is not its own, and nothing happens', async () => {
    const wrong: string[] = [];
    const written = async () => (await api.repositories.audit.list({}, { page: 1, pageSize: 1 })).total;
    const before = await written();
    api.facts.length = 0;
    for (const { path, side, caller, expected } of cells.filter((cell) => cell.expected !== null)) {
      const gate = await gateOf(actors[caller], path, ROWS[path]!.input?.(scene, side));
      if (gate !== expected) wrong.push(`${path} ${side} ${caller}: ${gate} instead of ${expected}`);
    }
    expect(wrong).toEqual([]);
    expect(await written()).toBe(before);
    expect(api.facts).toEqual([]);
  });

  it('lets each role do what is its own', async () => {
    const wrong: string[] = [];
    // What ends things comes last.
    const ending = (path: string) => Number(/cancel|freeze|signOut|revoke|close/.test(path));
    const allowed = cells
      .filter((cell) => cell.expected === null)
      .sort((a, b) => ending(a.path) - ending(b.path));
    for (const { path, side, caller } of allowed) {
      const gate = await gateOf(actors[caller], path, ROWS[path]!.input?.(scene, side));
      if (gate !== null) wrong.push(`${path} ${side} ${caller}: ${gate}`);
    }
    expect(wrong).toEqual([]);
  });
});
