import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE, TOOLS } from './tools-folder';

const NOTO = join(PACKAGE, 'node_modules/@expo-google-fonts/noto-sans-sc');
const WEIGHTS = ['400Regular', '500Medium', '600SemiBold', '700Bold'];
/** What pages ask for and a bare machine has not. */
const STAND_INS = [
  'sans-serif',
  'system-ui',
  'serif',
  'monospace',
  'PingFang SC',
  'Noto Sans CJK SC',
  'Microsoft YaHei',
];

/** Writes a fontconfig file by which Chinese shows on a machine without any font, and gives its path. */
export async function fontconfigFile(latinFonts?: string): Promise<string> {
  const folder = join(TOOLS, 'fonts');
  const file = join(folder, latinFonts === undefined ? 'system.conf' : 'packaged.conf');
  const folders = [
    ...WEIGHTS.map((weight) => join(NOTO, weight)),
    ...(latinFonts === undefined ? [] : [latinFonts]),
  ];
  await mkdir(folder, { recursive: true });
  await writeFile(
    file,
    [
      '<?xml version="1.0"?>',
      '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
      '<fontconfig>',
      ...folders.map((path) => `  <dir>${path}</dir>`),
      `  <cachedir>${join(folder, 'cache')}</cachedir>`,
      ...STAND_INS.map(
        (family) =>
          `  <alias binding="same"><family>${family}</family><prefer><family>Noto Sans SC</family></prefer></alias>`,
      ),
      '</fontconfig>',
      '',
    ].join('\n'),
  );
  return file;
}
