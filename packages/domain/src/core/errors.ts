/** The seven ways in which the system can refuse; each edge maps kinds, not codes. */
export const errorKinds = [
  'invalid',
  'unauthenticated',
  'forbidden',
  'not-found',
  'conflict',
  'precondition',
  'rate-limited',
] as const;
export type ErrorKind = (typeof errorKinds)[number];

/** Every refusal of the product by code. A code is worded once per language, in the client. */
export const errorCodes = {
  INPUT_INVALID: 'invalid',
  NOT_SIGNED_IN: 'unauthenticated',
  CREDENTIALS_WRONG: 'unauthenticated',
  API_KEY_MISSING: 'unauthenticated',
  API_KEY_WRONG: 'unauthenticated',
  ACCOUNT_LOCKED: 'rate-limited',
  TOO_MANY_REQUESTS: 'rate-limited',
  PASSWORD_TRIES_SPENT: 'rate-limited',
  PASSWORD_CHANGE_REQUIRED: 'precondition',
  CURRENT_PASSWORD_WRONG: 'invalid',
  PASSWORD_TOO_WEAK: 'invalid',
  PASSWORD_UNCHANGED: 'invalid',
  NOT_ALLOWED: 'forbidden',
  FOREIGN_ORIGIN: 'forbidden',
  NOT_FOUND: 'not-found',
  CHANGED_MEANWHILE: 'conflict',
  DUPLICATE: 'conflict',
  LOGIN_NAME_TAKEN: 'conflict',
  PERSON_NO_TAKEN: 'conflict',
  UNIT_CODE_TAKEN: 'conflict',
  GRANT_SCOPE_MISMATCH: 'invalid',
  HISTORY_OUT_OF_ORDER: 'invalid',
  HISTORY_NOT_YET: 'invalid',
  HISTORY_SEALED: 'conflict',
  ALREADY_IN_UNIT: 'invalid',
  PERSON_NOT_SERVING: 'precondition',
  NOTHING_TO_WITHDRAW: 'conflict',
  ACCOUNT_EXISTS: 'conflict',
  CHARTER_CENTRAL_EXISTS: 'conflict',
  CHARTER_REGIONAL_FULL: 'conflict',
  CHARTER_PARENT_INVALID: 'invalid',
  CHARTER_CENTRAL_REQUIRED: 'precondition',
  CHARTER_BELOW_LISTED: 'conflict',
  BASE_CODE_TAKEN: 'conflict',
  BASE_MOVE_INVALID: 'precondition',
  BASE_HAS_CASE_SITES: 'conflict',
  VENUE_CODE_TAKEN: 'conflict',
  THEME_CODE_TAKEN: 'conflict',
  COURSE_CODE_TAKEN: 'conflict',
  COURSE_MOVE_INVALID: 'precondition',
  COURSE_REVIEW_OVERDUE: 'precondition',
  MICRO_LESSON_CODE_TAKEN: 'conflict',
  BASE_NOT_OPERATING: 'precondition',
  VENUE_CLASH: 'conflict',
  INSTRUCTOR_CLASH: 'conflict',
  CLASS_CLASH: 'conflict',
  BASE_CAPACITY_EXCEEDED: 'conflict',
  VENUE_TOO_SMALL: 'invalid',
  OUTSIDE_OPENING_HOURS: 'precondition',
  BASE_BLACKOUT: 'precondition',
  SESSION_IN_PAST: 'precondition',
  COURSE_NOT_OFFERED: 'precondition',
  RESOURCE_NOT_IN_USE: 'precondition',
  CLASS_TIMES_INVALID: 'invalid',
  SESSION_NOT_SCHEDULED: 'precondition',
  WORTH_INVALID: 'invalid',
  CLASS_NOT_OPEN: 'precondition',
  ENROLLMENT_NOT_OPEN_YET: 'precondition',
  ENROLLMENT_CLOSED: 'precondition',
  ALREADY_ENROLLED: 'conflict',
  NOT_ENROLLED: 'precondition',
  WITHDRAWAL_CLOSED: 'precondition',
  CAPACITY_BELOW_ENROLLED: 'conflict',
  NOMINATION_ONLY: 'precondition',
  ROOM_NOT_OPEN: 'precondition',
  ROOM_CLOSED: 'precondition',
  ROOM_TOO_EARLY: 'precondition',
  ROOM_TOO_LATE: 'precondition',
  CHECK_IN_CODE_WRONG: 'invalid',
  CHECK_IN_CODE_EXPIRED: 'precondition',
  CHECK_IN_TICKET_EXPIRED: 'precondition',
  CHECK_IN_TICKET_SPENT: 'conflict',
  ATTENDANCE_MODE_NOT_OFFERED: 'precondition',
  EXTENSION_OUT_OF_RANGE: 'invalid',
  NOT_CHECKED_IN: 'precondition',
  ALREADY_CHECKED_OUT: 'conflict',
  STATEMENT_OF_FUTURE_DAY: 'invalid',
  REGULATION_NOT_IN_FORCE: 'precondition',
  REGULATION_UNREADABLE: 'precondition',
  REGULATION_VERSION_TAKEN: 'conflict',
  REGULATION_VERSION_SKIPPED: 'invalid',
  REGULATION_VERSION_FIXED: 'invalid',
  REGULATION_NEEDS_SECOND_PERSON: 'precondition',
  REGULATION_STARTS_IN_PAST: 'precondition',
  YEAR_ALREADY_FROZEN: 'conflict',
  CUT_OFF_NOT_REACHED: 'precondition',
  FEED_CURSOR_INVALID: 'invalid',
  COUNTERSIGNATURE_WRONG: 'invalid',
  OFFICE_KEY_MISSING: 'precondition',
  OFFICE_KEY_USED: 'conflict',
  CLOCK_NOT_DEMONSTRATION: 'forbidden',
  CLOCK_BACKWARDS: 'invalid',
} as const satisfies Record<string, ErrorKind>;
export type ErrorCode = keyof typeof errorCodes;

/** Facts that explain a refusal: ids, numbers, dates and codes, never personal data. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** An expected refusal. Its message is the code; the sentence is worded where it is shown. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly kind: ErrorKind;
  readonly details: ErrorDetails;

  /** With a `cause` where something of the installation is in disorder: whoever runs it is to find that in the log. */
  constructor(code: ErrorCode, details: ErrorDetails = {}, options: ErrorOptions = {}) {
    super(code, options);
    this.name = 'AppError';
    this.code = code;
    this.kind = errorCodes[code];
    this.details = details;
  }
}
