/**
 * The one set of design tokens. Tailwind (learner), antd (admin) and the generated `tokens.css` all read this file,
 * so that both apps look like one product. After a change run `pnpm --filter @cadre/ui tokens`.
 */

/** What a colour means. The same names exist in both themes; components never name a hue. */
export interface Palette {
  /** The page. */
  readonly paper: string;
  /** Cards, tables and bars. */
  readonly surface: string;
  /** Sheets and menus: what lies above the page. */
  readonly raised: string;
  /** A quiet area: hover, neutral tags, skeletons. */
  readonly fill: string;
  /** Hairlines instead of shadows. Decoration: never the only edge of a control. */
  readonly line: string;
  /** Edge of inputs and switches (3:1). */
  readonly control: string;
  /** Text. */
  readonly ink: string;
  /** Secondary text. */
  readonly ink2: string;
  /** 黛青: actions, selection, the ring of concentrated training. */
  readonly primary: string;
  readonly primarySoft: string;
  readonly onPrimary: string;
  /** 松绿: met, confirmed, the online ring. */
  readonly met: string;
  readonly metSoft: string;
  /** 琥珀: behind, waiting, attention. */
  readonly wait: string;
  readonly waitSoft: string;
  /** 朱砂: now. Live, seal, countdown; never an ordinary button. */
  readonly now: string;
  readonly nowSoft: string;
  readonly onNow: string;
  /** 绛红: errors and refusals, always with an icon. */
  readonly refusal: string;
  readonly refusalSoft: string;
}

export type ColourName = keyof Palette;
export type ThemeName = 'light' | 'dark';

export const palettes: Readonly<Record<ThemeName, Palette>> = {
  light: {
    paper: '#F7F5F0',
    surface: '#FFFFFF',
    raised: '#FFFFFF',
    fill: '#EFECE4',
    line: '#D9D5CC',
    control: '#858074',
    ink: '#1D2126',
    ink2: '#565E67',
    primary: '#1B5E6B',
    primarySoft: '#E3EEEF',
    onPrimary: '#FFFFFF',
    met: '#2E7D4F',
    metSoft: '#EEF7F1',
    wait: '#8A5A00',
    waitSoft: '#FFF4DC',
    now: '#B23A2B',
    nowSoft: '#FCEDE9',
    onNow: '#FFFFFF',
    refusal: '#9B1C2C',
    refusalSoft: '#FBEAEC',
  },
  dark: {
    paper: '#15181B',
    surface: '#1D2124',
    raised: '#262B2F',
    fill: '#2B3034',
    line: '#3A4045',
    control: '#7F8890',
    ink: '#ECE8E0',
    ink2: '#AEB5BC',
    primary: '#7FC1CC',
    primarySoft: '#1F3539',
    onPrimary: '#0C2429',
    met: '#7CC79A',
    metSoft: '#1C3325',
    wait: '#E5B65C',
    waitSoft: '#372C15',
    now: '#F2907F',
    nowSoft: '#3E2320',
    onNow: '#2B0B06',
    refusal: '#F593A0',
    refusalSoft: '#402129',
  },
};

/** Which colour may stand on which, and how clearly: `text` needs 4.5:1, `mark` (icon, ring, control edge) needs 3:1. */
export interface ColourPair {
  readonly use: 'text' | 'mark';
  readonly on: ColourName;
  readonly colour: ColourName;
}

const grounds = ['paper', 'surface', 'raised'] as const;
const textColours = ['ink', 'ink2', 'primary', 'met', 'wait', 'now', 'refusal'] as const;

/** Every pair the two kits use. A pair that is not in this list must not be drawn. */
export const colourPairs: readonly ColourPair[] = [
  ...grounds.flatMap((on) => textColours.map((colour) => ({ use: 'text', on, colour }) as const)),
  ...grounds.map((on) => ({ use: 'mark', on, colour: 'control' }) as const),
  { use: 'text', on: 'fill', colour: 'ink' },
  { use: 'text', on: 'fill', colour: 'ink2' },
  { use: 'text', on: 'primary', colour: 'onPrimary' },
  { use: 'text', on: 'now', colour: 'onNow' },
  { use: 'text', on: 'primarySoft', colour: 'ink' },
  { use: 'text', on: 'primarySoft', colour: 'primary' },
  { use: 'text', on: 'metSoft', colour: 'met' },
  { use: 'text', on: 'metSoft', colour: 'ink' },
  { use: 'text', on: 'waitSoft', colour: 'wait' },
  { use: 'text', on: 'waitSoft', colour: 'ink' },
  { use: 'text', on: 'nowSoft', colour: 'now' },
  { use: 'text', on: 'nowSoft', colour: 'ink' },
  { use: 'text', on: 'refusalSoft', colour: 'refusal' },
  { use: 'text', on: 'refusalSoft', colour: 'ink' },
  { use: 'mark', on: 'fill', colour: 'primary' },
  { use: 'mark', on: 'fill', colour: 'met' },
];

/** The system's own Chinese fonts, best first; no web font is shipped. */
export const fontStack =
  "'PingFang SC', 'HarmonyOS Sans SC', 'MiSans', 'Noto Sans SC', 'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', system-ui, sans-serif";

/**
 * On English pages a Latin font comes first, by name: Chinese fonts draw its quotation marks a whole character wide,
 * and `system-ui` is a Chinese font where the system speaks Chinese.
 */
export const englishFontStack = `-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, ${fontStack}`;

/** Sizes in rem, on a scale of 1.2 around the body. `small` is the least size anything is written in. */
export const typeScale = {
  small: 0.86,
  body: 1,
  lead: 1.2,
  title: 1.44,
  display: 1.728,
  hero: 2.074,
} as const;

/** Unitless line heights: Chinese text needs air, headings less. */
export const lineHeights = {
  small: 1.55,
  body: 1.65,
  lead: 1.45,
  title: 1.35,
  display: 1.25,
  hero: 1.15,
} as const;

/** Body size in px at the browser's usual 16 px, and radius in px, per app. */
export const appScale = {
  learner: { body: 17, radius: 12 },
  admin: { body: 14, radius: 6 },
} as const;

/** 大字版. */
export const largeTypeFactor = 1.25;

/** One grid step in px; every distance is a multiple of it. */
export const gridStep = 4;

/** Least side of a touch target in px. */
export const touchTarget = 48;

/** Duration of every transition in ms; none when the system asks for reduced motion. */
export const motionMs = 160;

/** The one shadow level, for what lies above the page. */
export const shadows: Readonly<Record<ThemeName, string>> = {
  light: '0 8px 28px rgb(29 33 38 / 0.16)',
  dark: '0 8px 28px rgb(0 0 0 / 0.55)',
};
