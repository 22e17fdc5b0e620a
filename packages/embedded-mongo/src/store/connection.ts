import { openDatabase, type SqliteDatabase, type Statement } from './sqlite';

/** One SQLite connection with its prepared statements, which are kept per table so that dropping a table forgets them. */
export class Connection {
  readonly database: SqliteDatabase;
  readonly #statements = new Map<string, Map<string, Statement>>();

  constructor(file: string, pragmas: string, options: { readOnly?: boolean } = {}) {
    this.database = openDatabase(file, options);
    this.database.exec(pragmas);
  }

  /** The prepared form of `sql`; `table` says with which table it is forgotten. */
  statement(table: string, sql: string): Statement {
    let ofTable = this.#statements.get(table);
    if (!ofTable) this.#statements.set(table, (ofTable = new Map<string, Statement>()));
    let statement = ofTable.get(sql);
    if (!statement) ofTable.set(sql, (statement = this.database.prepare(sql)));
    return statement;
  }

  forget(table: string): void {
    this.#statements.delete(table);
  }

  forgetAll(): void {
    this.#statements.clear();
  }

  close(): void {
    this.#statements.clear();
    this.database.close();
  }
}
