import {
  appScale,
  englishFontStack,
  fontStack,
  gridStep,
  largeTypeFactor,
  lineHeights,
  motionMs,
  palettes,
  shadows,
  typeScale,
  type ColourName,
  type ThemeName,
} from './tokens';

const colourNames = Object.keys(palettes.light) as ColourName[];

/** `ink2` → `ink-2`, `primarySoft` → `primary-soft`: the name of a token in CSS. */
function cssName(token: string): string {
  return token.replace(/([A-Z]|\d)/g, (part) => `-${part.toLowerCase()}`);
}

function block(selector: string, lines: readonly string[], indent = ''): string {
  return [`${indent}${selector} {`, ...lines.map((line) => `${indent}  ${line}`), `${indent}}`].join('\n');
}

/** The font list on lines as long as the formatter keeps them. */
function wrapped(list: string): string[] {
  const lines: string[] = [];
  for (const entry of `${list};`.split(/(?<=,) /)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + entry.length + 5 <= 110)
      lines[lines.length - 1] = `${last} ${entry}`;
    else lines.push(`  ${entry}`);
  }
  return lines;
}

function colours(theme: ThemeName): string[] {
  return [
    `color-scheme: ${theme};`,
    ...colourNames.map((name) => `--${cssName(name)}: ${palettes[theme][name].toLowerCase()};`),
    `--shadow: ${shadows[theme]};`,
  ];
}

/**
 * The text of `tokens.css`: custom properties for both themes (the person's choice in `data-theme` wins over the
 * system's), 大字版 in `data-type`, and the theme block from which Tailwind makes its utilities.
 */
export function tokensCss(): string {
  const percent = (px: number): string => `${(px / 16) * 100}%`;
  const names = colourNames.map(cssName);
  const sizes = Object.keys(typeScale) as (keyof typeof typeScale)[];
  return [
    '/* Generated from tokens.ts: pnpm --filter @cadre/ui tokens */',
    block(':root', [
      ...colours('light'),
      '--type-factor: 1;',
      `--base-learner: ${percent(appScale.learner.body)};`,
      `--base-admin: ${percent(appScale.admin.body)};`,
      `--motion: ${motionMs}ms;`,
      `--fonts:`,
      ...wrapped(fontStack),
    ]),
    block(':root:lang(en)', [`--fonts:`, ...wrapped(englishFontStack)]),
    [
      '@media (prefers-color-scheme: dark) {',
      block(":root:not([data-theme='light'])", colours('dark'), '  '),
      '}',
    ].join('\n'),
    block(":root[data-theme='dark']", colours('dark')),
    block(":root[data-type='large']", [`--type-factor: ${largeTypeFactor};`]),
    ['@media (prefers-reduced-motion: reduce) {', block(':root', ['--motion: 0ms;'], '  '), '}'].join('\n'),
    block('@theme inline', [
      '--color-*: initial;',
      '--text-*: initial;',
      '--radius-*: initial;',
      '--shadow-*: initial;',
      '--font-*: initial;',
      '--color-transparent: transparent;',
      '--color-current: currentColor;',
      ...names.map((name) => `--color-${name}: var(--${name});`),
      '--font-sans: var(--fonts);',
      ...sizes.flatMap((size) => [
        `--text-${size}: ${typeScale[size]}rem;`,
        `--text-${size}--line-height: ${lineHeights[size]};`,
      ]),
      '--radius-card: var(--radius);',
      '--radius-chip: calc(var(--radius) / 2);',
      '--radius-full: 999px;',
      '--shadow-above: var(--shadow);',
      `--spacing: ${gridStep}px;`,
      '--default-transition-duration: var(--motion);',
    ]),
    '',
  ]
    .join('\n\n')
    .replace(/\n\n$/, '\n');
}
