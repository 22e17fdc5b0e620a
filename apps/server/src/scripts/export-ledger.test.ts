import { LedgerVerifier, nodeCrypto, parseRootFile, reportLines } from '@cadre/ledger-verifier';
import { expect, it } from 'vitest';
import { DEMONSTRATION_START } from '../server';
import { startTestServer } from '../testing/test-server';
import { loadDemonstration } from './load-demonstration';

it(
  'the exported ledger of the demonstration verifies: chains, signed root, and every figure derived anew in full',
  { timeout: 600_000 },
  async () => {
    await using app = await startTestServer({
      mode: 'demo',
      prepare: async (parts) => {
        await loadDemonstration({ ...parts, start: DEMONSTRATION_START, stamp: 'test' });
      },
    });
    const { server } = app;
    await server.sealRounds.run();
    const root = await server.services.ledgerExport.newestRoot();
    const verifier = new LedgerVerifier(nodeCrypto, [parseRootFile(root ?? '')]);
    const said: string[] = [];
    for await (const line of server.services.ledgerExport.lines()) {
      verifier.push(Buffer.from(line));
      if (!line.startsWith('{"regulation"')) said.push(line);
    }
    const report = verifier.finish();
    expect(report.faults).toEqual([]);
    expect(report.newestRoot).toMatchObject({ number: 3, day: '2026-11-17' });
    expect(report.regulations).toMatchObject({ unsealed: [] });
    expect(report.regulations.sealed).toBeGreaterThan(0);
    expect(report.rederived).toEqual({
      inFull: { 'demo-2026 v1': report.people },
      factsOnly: {},
      sumsOnly: {},
      skipped: [],
      unjudged: [],
    });
    expect(report.people).toBeGreaterThan(200);
    expect(report.entries).toBeGreaterThan(3_000);
    expect(report.settlements).toBeGreaterThan(report.people);
    expect(report.unsealed).toEqual({ entries: 0, settlements: 0, people: 0 });
    expect(report.countersignatures).toMatchObject({ count: 1, unsealed: 0, missing: [1, 3] });
    expect(reportLines(report)[0]).toContain('没有发现改动');

    // Names, birth dates and identity numbers stay in the house.
    const text = said.join('');
    const people = await server.repositories.people.listActive('all');
    for (const person of people) expect(text).not.toContain(`"${person.name}"`);
    expect(text).not.toMatch(/idCard|birthDate|\b\d{17}[\dX]\b/);
  },
);
