import { DEMO_PASSWORD, DEMO_ROLES } from '@cadre/demo/people';

/** Columns for Chinese text: a wide character takes two. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, sign) => sum + (sign.charCodeAt(0) > 255 ? 2 : 1), 0);
const GAP = 2;
/** Rows of texts with their columns aligned, each column as wide as its widest text asks. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widthOfColumn = (column: number): number =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ''))) + GAP;
  const pad = (text: string, column: number): string =>
    text + ' '.repeat(widthOfColumn(column) - widthOf(text));
  return rows.map((row) => `  ${row.map(pad).join('')}`.trimEnd());
}

/** The demonstration's accounts, one per role, as lines for the terminal. */
export function demonstrationLines(): string[] {
  return [
    '',
    `演示账号 / demonstration accounts（密码 / password: ${DEMO_PASSWORD}）`,
    ...aligned(
      DEMO_ROLES.map(({ loginName, name, role, app }) => [
        loginName,
        name,
        role.zh,
        role.en,
        app === 'learner' ? '学员端 /' : '管理端 /admin/',
      ]),
    ),
    '',
  ];
}
