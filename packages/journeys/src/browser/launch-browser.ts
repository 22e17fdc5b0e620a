import { chromium, type Browser, type LaunchOptions } from 'playwright-core';
import { fontconfigFile } from './chinese-fonts';
import { packagedChromium } from './packaged-chromium';

/** A test browser runs as whoever runs the tests, on machines without a screen, and talks to nobody but the product. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts a real browser: the one of `CHROMIUM_PATH`, else the one that comes with the packages (Linux on x64), else an
 * installed Chrome. `await using` closes it.
 */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ headless: true, args: FLAGS, ...(await whichBrowser()) });
}

async function whichBrowser(): Promise<LaunchOptions> {
  const given = process.env['CHROMIUM_PATH'];
  if (given !== undefined && given !== '') {
    return { executablePath: given, env: environment(await fontconfigFile()) };
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') return { channel: 'chrome' };
  const packaged = await packagedChromium();
  return {
    executablePath: packaged.executable,
    env: { ...environment(await fontconfigFile(packaged.fonts)), LD_LIBRARY_PATH: packaged.libraries },
  };
}

function environment(fontconfig: string): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { ...Object.fromEntries(inherited), FONTCONFIG_FILE: fontconfig };
}
