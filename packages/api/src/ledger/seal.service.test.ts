import { generateKeyPairSync, sign } from 'node:crypto';
import { DEMO_REGULATION_TEXT } from '@cadre/demo/demonstration';
import { addDays, toCivilDate } from '@cadre/domain/core';
import type { Person, Unit } from '@cadre/domain/identity';
import {
  countersignatureMessage,
  historiesRoot,
  historyDigest,
  keyIdOf,
  keyMessage,
  rootFromPath,
  rootMessage,
  sealedRegulationsOf,
  type CountersignInput,
  type LedgerRoot,
  type RootView,
  type SealedRow,
} from '@cadre/domain/ledger';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createServices } from '../container';
import { createTestApi, lessonFacts, TEST_NOW, type TestApi } from '../testing';
import { holds } from './ledger-signer';

let api: TestApi;
let unit: Unit;
let people: Person[];
let lessons = 0;

beforeAll(async () => {
  api = await createTestApi();
  unit = await api.addUnit();
  await api.services.regulation.importApproved(DEMO_REGULATION_TEXT, unit.id);
  people = await Promise.all(Array.from({ length: 5 }, () => api.addPerson(unit)));
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
});

const study = (...who: readonly Person[]) => {
  lessons += 1;
  const ids = who.map(({ id }) => id);
  return api.services.settlement.settleSources([lessonFacts(`L${lessons}`, ids)]);
};
const nextDay = () => api.clock.advanceMinutes(24 * 60);
const newest = async (): Promise<RootView> =>
  (await api.services.seal.roots({ page: 1, pageSize: 1 })).items[0] as RootView;
const rootSignatureHolds = async ({
  rootHash: _hash,
  countersignatures: _others,
  signature,
  ...content
}: RootView) => {
  const { keys } = await api.services.seal.keys();
  const key = keys.find(({ keyId }) => keyId === content.keyId)!;
  return holds(key.x, rootMessage(content), signature);
};

describe('the daily root', () => {
  it('waits until there is something to seal', async () => {
    expect(await api.services.seal.seal()).toBeNull();
  });

  it('is made once a day, by whichever of two servers comes first, and covers every chain', async () => {
    await study(...people.slice(0, 4));
    const other = createServices(api.test.database, api.repositories, api.ports);
    const made = await Promise.all([
      ...Array.from({ length: 5 }, () => api.services.seal.seal()),
      ...Array.from({ length: 5 }, () => other.seal.seal()),
    ]);
    expect(made.filter((root) => root !== null)).toHaveLength(1);
    const root = await newest();
    expect(root).toMatchObject({
      number: 1,
      day: '2026-11-17',
      size: 4,
      previousRootHash: '0'.repeat(64),
      regulations: sealedRegulationsOf(await api.repositories.regulations.list()),
      countersigned: [],
      signedAt: TEST_NOW,
    });
    expect(root.regulations).toMatchObject([{ id: 'demo-2026', version: 1 }]);
    expect(await rootSignatureHolds(root)).toBe(true);
    expect(await rootSignatureHolds({ ...root, regulations: [] })).toBe(false);
    expect(await rootSignatureHolds({ ...root, size: 5 })).toBe(false);
    expect(await api.services.seal.seal()).toBeNull();
  });

  it('names the root of the day before, and proves each chain as far as it goes', async () => {
    const first = await newest();
    nextDay();
    await study(people[0]!, people[4]!);
    expect(await api.services.seal.seal()).toMatchObject({
      number: 2,
      size: 5,
      previousRootHash: first.rootHash,
    });
    await study(people[0]!);
    for (const [index, person] of people.entries()) {
      const proof = (await api.services.seal.myProof(api.actorOf(person)))!;
      expect(proof.root.number).toBe(2);
      expect(proof.unsealed).toBe(index === 0 ? 1 : 0);
      expect(proof.head.seq).toBe(index === 0 ? 2 : 1);
      expect(proof.head.settled.seq).toBe(index === 0 ? 2 : 1);
      expect(rootFromPath(proof.head, proof.index, proof.root.size, proof.path)).toBe(proof.root.root);
    }
    const stranger = await api.addPerson(unit);
    expect(await api.services.seal.myProof(api.actorOf(stranger))).toBeNull();
  });
});

describe('a new key', () => {
  it('is announced by the old one, signs from the next root on, and leaves old roots as they are', async () => {
    const before = await newest();
    const admin = api.actorOf(people[0]!, { role: 'system-admin', scope: { kind: 'network' } });
    await expect(api.services.seal.rotateKey(api.actorOf(people[0]!))).rejects.toThrow('NOT_ALLOWED');
    const { id: _id, signature, ...announced } = await api.services.seal.rotateKey(admin);
    const { keys } = await api.services.seal.keys();
    expect(announced).toMatchObject({ number: 2, fromRoot: 3, announcedBy: keys[0]!.keyId });
    expect(holds(keys[0]!.x, keyMessage(announced), signature)).toBe(true);
    nextDay();
    await study(people[1]!);
    expect(await api.services.seal.seal()).toMatchObject({ number: 3, keyId: announced.keyId });
    expect(await rootSignatureHolds(await newest())).toBe(true);
    expect(before.keyId).toBe(keys[0]!.keyId);
    expect(await rootSignatureHolds(before)).toBe(true);
  });

  it('leaves nothing with which the one before could sign, only its public half', async () => {
    const admin = api.actorOf(people[0]!, { role: 'system-admin', scope: { kind: 'network' } });
    const kept = async (keyId: string) => api.repositories.settings.find(`ledger-key:${keyId}`);
    const [first, second] = (await api.services.seal.keys()).keys;
    expect(await kept(first!.keyId)).toBeNull();
    expect(await kept(second!.keyId)).toMatchObject({ jwk: { d: expect.any(String) as string } });

    // As an installation of before has it.
    await api.repositories.settings.set(`ledger-key:${first!.keyId}`, { jwk: { d: 'secret' } });
    await api.services.seal.forgetRetiredKeys();
    expect(await kept(first!.keyId)).toBeNull();
    expect(await kept(second!.keyId)).not.toBeNull();

    const broken = vi.spyOn(api.repositories.audit, 'insert').mockRejectedValueOnce(new Error('disk full'));
    await expect(api.services.seal.rotateKey(admin)).rejects.toThrow('disk full');
    broken.mockRestore();
    expect((await api.services.seal.keys()).keys).toHaveLength(2);
    expect(await kept(second!.keyId)).not.toBeNull();
  });
});

describe('countersigning', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const x = privateKey.export({ format: 'jwk' }).x!;
  const alliance = { role: 'alliance', baseId: null } as const;
  const officeOf = () => api.actorOf(people[1]!, { role: 'alliance-admin', scope: { kind: 'network' } });
  const baseOf = (baseId = api.newId()) =>
    api.actorOf(people[2]!, { role: 'base-admin', scope: { kind: 'bases', baseIds: [baseId] } });
  const signed = (root: RootView, changes: Partial<CountersignInput> = {}): CountersignInput => {
    const content = { rootNumber: root.number, ...alliance, keyId: keyIdOf(x), signedAt: api.clock.now() };
    const message = countersignatureMessage({ ...content, rootHash: root.rootHash });
    const signature = sign(null, Buffer.from(message), privateKey).toString('base64url');
    return { ...content, signature, ...changes };
  };
  const rowOf = async (number: number) =>
    (await api.services.seal.sealed(officeOf(), { page: 1, pageSize: 20 })).items.find(
      (row) => row.number === number,
    ) as SealedRow;

  it('waits until the office has registered a key, which each of them does for itself', async () => {
    const root = await newest();
    const office = officeOf();
    await expect(api.services.seal.countersign(office, signed(root))).rejects.toThrow('OFFICE_KEY_MISSING');
    expect(await api.services.seal.offices(office)).toMatchObject([{ ...alliance, own: true, key: null }]);
    await expect(api.services.seal.registerOfficeKey(baseOf(), { ...alliance, x })).rejects.toThrow(
      'NOT_ALLOWED',
    );
    await expect(
      api.services.seal.registerOfficeKey(office, { role: 'base', baseId: api.newId(), x }),
    ).rejects.toThrow('NOT_ALLOWED');
    expect(await api.repositories.seals.listOfficeKeys()).toEqual([]);

    const registered = await Promise.allSettled(
      Array.from({ length: 10 }, () => api.services.seal.registerOfficeKey(office, { ...alliance, x })),
    );
    expect(registered.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = registered.filter((one) => one.status === 'rejected');
    for (const { reason } of refused) expect(String(reason)).toContain('OFFICE_KEY_USED');
    expect(await api.services.seal.offices(office)).toMatchObject([
      { own: true, code: null, key: { number: 1, keyId: keyIdOf(x), x, registeredBy: people[1]!.name } },
    ]);
    expect(await rowOf(root.number)).toMatchObject({ signatures: [], missing: [alliance] });
  });

  it('is added to the root with role, key and time; the same again adds nothing', async () => {
    const root = await newest();
    const input = signed(root);
    await Promise.all(Array.from({ length: 10 }, () => api.services.seal.countersign(officeOf(), input)));
    const { countersignatures } = await api.services.seal.countersign(officeOf(), input);
    expect(countersignatures).toMatchObject([
      { role: 'alliance', keyId: keyIdOf(x), x, signedAt: input.signedAt, rootHash: root.rootHash },
    ]);
    expect(await rowOf(root.number)).toMatchObject({
      signatures: [{ ...alliance, by: people[1]!.name, signedAt: input.signedAt }],
      missing: [],
    });
  });

  it('is refused for another root, a changed content, another office, and a root that is not there', async () => {
    const root = await newest();
    const before = root.countersignatures;
    const baseId = api.newId();
    const office = officeOf();
    const base = baseOf();
    const refusals = [
      [office, signed(root, { rootNumber: 1 }), 'COUNTERSIGNATURE_WRONG'],
      [office, signed(root, { signedAt: new Date(0) }), 'COUNTERSIGNATURE_WRONG'],
      [office, signed(root, { keyId: 'another' }), 'COUNTERSIGNATURE_WRONG'],
      [baseOf(baseId), signed(root, { role: 'base', baseId }), 'OFFICE_KEY_MISSING'],
      [office, signed(root, { role: 'base', baseId }), 'NOT_ALLOWED'],
      [base, signed(root, { role: 'base', baseId }), 'NOT_ALLOWED'],
      [base, signed(root), 'NOT_ALLOWED'],
      [office, signed(root, { rootNumber: 99 }), 'NOT_FOUND'],
    ] as const;
    for (const [actor, input, code] of refusals)
      await expect(api.services.seal.countersign(actor, input)).rejects.toThrow(code);
    expect((await newest()).countersignatures).toEqual(before);
  });

  it('with a key that was replaced is refused; what it has signed stands', async () => {
    const root = await newest();
    const next = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }).x!;
    expect(await api.services.seal.registerOfficeKey(officeOf(), { ...alliance, x: next })).toMatchObject([
      { key: { number: 2, keyId: keyIdOf(next) } },
    ]);
    await expect(api.services.seal.countersign(officeOf(), signed(root))).rejects.toThrow(
      'COUNTERSIGNATURE_WRONG',
    );
    expect((await newest()).countersignatures).toHaveLength(1);
  });
});

describe('the root after a countersignature', () => {
  it('lists it, once and for all', async () => {
    const countersigned = await newest();
    const [signature] = countersigned.countersignatures;
    expect(countersigned.countersigned).toEqual([]);
    nextDay();
    expect(await api.services.seal.seal()).toMatchObject({
      number: 4,
      countersigned: [{ rootNumber: 3, keyId: signature!.keyId }],
    });
    nextDay();
    expect(await api.services.seal.seal()).toMatchObject({ number: 5, countersigned: [] });
  });
});

describe('somebody of whom everything was refused', () => {
  it('is sealed like everybody, and what is refused later is not sealed yet', async () => {
    const refused = await api.addPerson(unit);
    const refuse = (id: string) =>
      api.services.settlement.settleSources([lessonFacts(id, [refused.id], { playedMinutes: 5 })]);
    await refuse('R1');
    nextDay();
    const sizeBefore = (await newest()).size;
    expect(await api.services.seal.seal()).toMatchObject({ size: sizeBefore + 1 });
    await refuse('R2');
    const proof = (await api.services.seal.myProof(api.actorOf(refused)))!;
    expect(proof.head).toMatchObject({ personId: refused.id, seq: 0, settled: { seq: 1 } });
    expect(rootFromPath(proof.head, proof.index, proof.root.size, proof.path)).toBe(proof.root.root);
    expect(proof.unsealed).toBe(0);
    const heads = (await api.repositories.ledger.headsOf([refused.id])).get(refused.id)!;
    expect(heads).toMatchObject({ seq: 0, settled: { seq: 2 } });
  });
});

describe('where the ledger stands', () => {
  it('is told to those who look after it: what a root covers, what is newer, when the next is due', async () => {
    const [person] = people;
    await expect(api.services.seal.state(api.actorOf(person!))).rejects.toThrow('NOT_ALLOWED');
    const auditor = api.actorOf(person!, { role: 'auditor', scope: { kind: 'network' } });
    const rows = (await api.services.seal.sealed(auditor, { page: 1, pageSize: 20 })).items as SealedRow[];
    expect(rows.map(({ number, size, entries, keyNumber }) => [number, size, entries, keyNumber])).toEqual([
      [6, 6, 8, 2],
      [5, 5, 8, 2],
      [4, 5, 8, 2],
      [3, 5, 8, 2],
      [2, 5, 6, 1],
      [1, 4, 4, 1],
    ]);
    await study(person!);
    expect(await api.services.seal.state(auditor)).toEqual({
      people: 6,
      astray: { count: 0, people: [] },
      entries: 9,
      unsealedEntries: 1,
      // That of the entry, and the refusal that is newer than its root.
      unsealedSettlements: 2,
      nextAt: new Date('2026-11-23T16:00:00Z'),
      newestRoot: 6,
      keyNumber: 2,
    });
  });
});

describe('a record that somebody has changed past the product', () => {
  it.each([
    ['ledgerRoots', { number: 2 }, 'signedAt', 2],
    ['ledgerRoots', { number: 6 }, 'day', 6],
    ['ledgerCountersignatures', { rootNumber: 3 }, 'signedAt', 3],
  ] as const)(
    'of %s %o is told as such where %s is broken; the others are as they were',
    async (name, filter, field, number) => {
      const auditor = api.actorOf(people[0]!, { role: 'auditor', scope: { kind: 'network' } });
      const read = async () => ({
        sealed: (await api.services.seal.sealed(auditor, { page: 1, pageSize: 20 })).items,
        roots: (await api.services.seal.roots({ page: 1, pageSize: 20 })).items,
      });
      const before = await read();
      const records = await api.test.around(name);
      const found = (await records.findOne(filter))!;
      await records.updateOne(filter, { $set: { [field]: 'tuesday' } });
      const after = await read();
      const told = <Row extends { number: number }>(rows: readonly Row[]) =>
        rows.map((row) => (row.number === number ? { number, unreadable: true } : row));
      expect(after).toEqual({ sealed: told(before.sealed), roots: told(before.roots) });
      await expect(api.services.seal.state(auditor)).resolves.toMatchObject({ newestRoot: 6 });
      await records.updateOne(filter, { $set: { [field]: found[field] } });
      expect(await read()).toEqual(before);
    },
  );
});

describe('histories', () => {
  const promote = (person: Person, on: string) =>
    api.services.directory.changeHistory(
      api.actorOf(people[1]!, { role: 'system-admin', scope: { kind: 'network' } }),
      { personId: person.id, on, change: { kind: 'post', postLevel: '县处级副职', title: '副处长' } },
    );
  const known = async (): Promise<Map<string, string | undefined>> =>
    new Map(
      (await api.repositories.seals.listHeadsAfter(0)).flatMap(({ heads }) =>
        heads.map(({ personId, history }) => [personId, history]),
      ),
    );
  const rootOf = async (day: string): Promise<string> => {
    const found = await api.repositories.people.listByIds([...(await known()).keys()]);
    const own = found
      .map((person) => ({ personId: person.id, history: historyDigest(person, day) }))
      .sort((a, b) => (a.personId < b.personId ? -1 : 1));
    return historiesRoot(own);
  };

  it('are under the root as they were recorded by the day before the last full one', async () => {
    const { day, histories } = await newest();
    expect(histories).toEqual({ day: addDays(day, -1), root: await rootOf(addDays(day, -1)) });
  });

  it('move under the root once the day on which they were recorded is over, though no chain has', async () => {
    const [, , , moved] = people;
    const before = await known();
    const today = toCivilDate(api.clock.now());
    await promote(moved!, today);
    const made: LedgerRoot[] = [];
    for (let days = 0; days < 2; days += 1) {
      nextDay();
      made.push((await api.services.seal.seal())!);
    }
    // The root of today's day still covers what was recorded until yesterday.
    expect(made.map(({ histories }) => histories?.day)).toEqual([addDays(today, -1), today]);
    expect(made[0]!.histories!.root).toBe(await rootOf(addDays(today, -1)));
    expect(made[1]!.histories!.root).toBe(await rootOf(today));
    expect(made[1]!.histories!.root).not.toBe(made[0]!.histories!.root);
    const parts = (await api.repositories.seals.listHeadsAfter(made[0]!.number)).flatMap(
      ({ heads }) => heads,
    );
    expect(parts.map(({ personId }) => personId)).toEqual([moved!.id]);
    expect(parts[0]!.history).not.toBe(before.get(moved!.id));
    const proof = (await api.services.seal.myProof(api.actorOf(moved!)))!;
    expect(rootFromPath(proof.head, proof.index, proof.root.size, proof.path)).toBe(proof.root.root);
  });

  it('are not recorded into days that are sealed, should the clock go back', async () => {
    const { histories } = await newest();
    api.clock.advanceMinutes(-3 * 24 * 60);
    await expect(promote(people[4]!, toCivilDate(api.clock.now()))).rejects.toMatchObject({
      code: 'HISTORY_SEALED',
      details: { until: histories!.day },
    });
    api.clock.advanceMinutes(3 * 24 * 60);
  });
});
