import type { Facts, Sentences } from './sentence';

/** Who has the place: by name where the reader may see it, otherwise by the time alone. */
const rivalEn = ({ has, moment, text }: Facts): string => {
  if (!has('startsAt')) return 'Only one thing can be booked at a time.';
  const time = `${moment('startsAt', '')} to ${moment('endsAt', '')}`;
  return has('title') ? `It is “${text('title')}”, ${time}.` : `Taken from ${time}.`;
};

export const sentencesEn: Sentences = {
  DEFECT: {
    what: 'Something broke on our side; what you did was not carried out',
    next: 'Try again; if it stays so, give your administrator the number.',
  },
  UNREACHABLE: {
    what: 'The server cannot be reached',
    next: 'Check the network and try again.',
  },
  INPUT_INVALID: { what: 'Something is not filled in right', next: 'Check the marked fields and try again.' },
  NOT_SIGNED_IN: { what: 'Your sign-in has ended', next: 'Sign in again; this page stays as it is.' },
  NOT_KEPT: {
    what: 'No network, and this page is not on this phone yet',
    next: 'A page that you opened with a network can be read without one. This one opens by itself when the network is back.',
  },
  SIGNED_IN_AGAIN: {
    what: 'You are signed in again',
    next: 'What you did just now has not taken effect. Please do it once more; what you typed is still here.',
  },
  CREDENTIALS_WRONG: {
    what: 'The account name or the password is wrong',
    why: ({ number, has }) =>
      has('attemptsLeft')
        ? `After ${number('attemptsLeft')} more wrong tries the account is locked for 15 minutes.`
        : 'After 5 wrong tries in a row the account is locked for 15 minutes.',
    next: 'Check and type again. If you forgot it, ask the training officer of your unit or the system administrator.',
  },
  API_KEY_MISSING: {
    what: 'The request carries no API key',
    next: 'Send it in the header Authorization: Bearer.',
  },
  API_KEY_WRONG: { what: 'The API key is not valid', next: 'Check the key under System · API clients.' },
  ACCOUNT_LOCKED: {
    what: 'This account is locked for the moment',
    why: 'After 5 wrong passwords in a row an account is locked for 15 minutes, so that nobody can guess it.',
    next: ({ number }) =>
      `Try again in ${number('minutes', '15')} min, or ask the training officer of your unit or the system administrator for a one-time code.`,
  },
  TOO_MANY_REQUESTS: { what: 'That was too fast', next: 'Wait a few seconds and try again.' },
  PASSWORD_TRIES_SPENT: {
    what: 'The current password was wrong too often; it cannot be changed for now',
    why: 'It may be wrong five times in 15 minutes, so that nobody guesses it on a page you left open.',
    next: ({ number }) => `Try again in ${number('minutes', '15')} minutes. Signing in is not affected.`,
  },
  PASSWORD_CHANGE_REQUIRED: {
    what: 'Choose a password of your own first',
    why: 'The present one was set by somebody else.',
  },
  CURRENT_PASSWORD_WRONG: {
    what: 'The current password is wrong',
    next: 'Type it again. If you forgot it, ask the training officer of your unit or the system administrator.',
  },
  PASSWORD_TOO_WEAK: {
    what: 'This password is too simple',
    why: 'It needs at least 10 characters and three of: capital letters, small letters, digits, signs.',
    next: 'Choose another one.',
  },
  PASSWORD_UNCHANGED: {
    what: 'The new password is the same as the old one',
    next: 'Choose a different one.',
  },
  NOT_ALLOWED: {
    what: 'Your account may not do this',
    why: 'It is outside the scope of your grants.',
    next: 'Grants are kept by the system administrator.',
  },
  FOREIGN_ORIGIN: {
    what: 'This request did not come from this platform and was not carried out',
    next: 'Start again from the home page.',
  },
  NOT_FOUND: {
    what: 'Not found',
    why: 'It may have been removed, or it lies outside the scope of your grants.',
    next: 'Go back to the page before.',
  },
  CHANGED_MEANWHILE: {
    what: 'Somebody changed this a moment ago; your change was not saved',
    next: 'Look at the latest version and change it again.',
  },
  DUPLICATE: { what: 'There is one like this already', next: 'Choose another, or open the existing one.' },
  LOGIN_NAME_TAKEN: { what: 'This account name is taken', next: 'Choose another one.' },
  PERSON_NO_TAKEN: {
    what: 'This person number is taken',
    next: 'Check the number; one person has one record.',
  },
  UNIT_CODE_TAKEN: { what: 'This unit code is taken', next: 'Choose another one.' },
  GRANT_SCOPE_MISMATCH: {
    what: 'This role cannot be granted over that kind of scope',
    next: 'Choose another scope.',
  },
  CHARTER_CENTRAL_EXISTS: {
    what: 'There is a central base already',
    why: 'Charter of the alliance: exactly 1 central base.',
    next: 'Make it a regional base or a case-teaching base.',
  },
  CHARTER_REGIONAL_FULL: {
    what: 'All places for regional bases are taken',
    why: ({ number }) => `Charter of the alliance: at most ${number('limit', '9')} regional bases.`,
    next: 'Change one of the present regional bases first.',
  },
  CHARTER_PARENT_INVALID: {
    what: 'This parent base is not possible',
    why: 'Charter of the alliance: a case-teaching base belongs to the central or a regional base; others have no parent.',
    next: 'Choose another parent.',
  },
  BASE_CODE_TAKEN: { what: 'This base code is taken', next: 'Choose another one.' },
  BASE_NOT_OPERATING: {
    what: 'This base takes no visitors at present',
    next: 'Choose another base, or wait until it is back.',
  },
  VENUE_CLASH: {
    what: 'The venue is taken at this time',
    why: rivalEn,
    next: 'Choose another time or venue.',
  },
  INSTRUCTOR_CLASH: {
    what: 'The instructor teaches elsewhere at this time',
    why: rivalEn,
    next: 'Choose another time or instructor.',
  },
  CLASS_CLASH: {
    what: 'The class has another session at this time',
    why: rivalEn,
    next: 'Choose another time.',
  },
  BASE_CAPACITY_EXCEEDED: {
    what: 'The base cannot take this many in that half day',
    why: ({ number, has }) =>
      has('capacity')
        ? `The base takes at most ${number('capacity')} people in a half day.`
        : 'Each base takes a limited number of people in a half day.',
    next: 'Choose another half day, or fewer people.',
  },
  VENUE_TOO_SMALL: {
    what: ({ number, has }) =>
      has('seats')
        ? `The venue is too small: ${number('seats')} seats, ${number('people')} people planned`
        : 'The venue is too small',
    next: 'Choose a larger venue, or fewer people.',
  },
  OUTSIDE_OPENING_HOURS: {
    what: 'The base is not open at this time',
    next: 'Choose a time within its opening hours.',
  },
  BASE_BLACKOUT: {
    what: 'The base takes no visitors on this day',
    why: ({ has, text }) =>
      has('reason')
        ? `Reason: ${text('reason')}.`
        : 'The days without visitors stand on the page of the base.',
    next: 'Choose another day.',
  },
  SESSION_IN_PAST: { what: 'The start lies in the past', next: 'Choose a later time.' },
  SESSION_NOT_SCHEDULED: {
    what: 'This session has begun, ended or been cancelled and can no longer be changed',
  },
  WORTH_INVALID: {
    what: 'The half days or class hours are not right',
    why: 'A date counts at most 1 day (morning, afternoon and evening together); class hours must be above 0.',
    next: 'Correct them and try again.',
  },
  CLASS_NOT_OPEN: { what: 'This class takes no enrolments now' },
  ENROLLMENT_NOT_OPEN_YET: {
    what: 'Enrolment has not begun',
    next: ({ moment, has }) =>
      has('opensAt') ? `It begins on ${moment('opensAt', '')}.` : 'The class page says when it begins.',
  },
  ENROLLMENT_CLOSED: {
    what: 'Enrolment is over',
    why: ({ moment, has }) =>
      has('closedAt') ? `It ended on ${moment('closedAt', '')}.` : 'After the cut-off the list stands.',
    next: 'Have a look at other classes.',
  },
  ALREADY_ENROLLED: { what: 'You are enrolled in this class already', next: 'You find it in your calendar.' },
  NOT_ENROLLED: {
    what: ({ has }) =>
      has('waiting') ? 'Still on the waiting list, without a seat' : 'Not on the list of this class',
    next: ({ has }) =>
      has('waiting')
        ? 'Check in once a seat has been given; if one is free in the hall, ask the class teacher.'
        : 'If the list is wrong, ask the class teacher or your training officer.',
  },
  WITHDRAWAL_CLOSED: {
    what: 'It is too late to withdraw',
    why: 'Once the list stands, a free seat can no longer be given to somebody else.',
    next: 'Before the class begins, the training officer of the unit can withdraw for you; after that, tell the class teacher or the base, who keep the list in the room.',
  },
  CAPACITY_BELOW_ENROLLED: {
    what: 'There cannot be fewer seats than people enrolled',
    why: ({ number, has }) =>
      has('enrolled') ? `${number('enrolled')} are enrolled.` : 'Nobody who is enrolled loses the seat.',
    next: 'Enter a larger number.',
  },
  NOMINATION_ONLY: {
    what: 'Places in this class are given by nomination',
    next: 'If you would like to come, tell the training officer of your unit.',
  },
  ROOM_NOT_OPEN: {
    what: 'The room is not open yet',
    next: 'Wait for the host; this page follows by itself.',
  },
  ROOM_CLOSED: { what: 'The session is over', next: 'If your attendance is wrong, say so under My credits.' },
  ROOM_TOO_EARLY: {
    what: 'It is too early to check in',
    next: ({ moment, has }) =>
      has('opensAt') ? `Check-in begins at ${moment('opensAt', '')}.` : 'Try again shortly before the start.',
  },
  ROOM_TOO_LATE: {
    what: 'The time of this session is over; it was never opened',
    next: 'If it did not take place, cancel it in the timetable and say why; if it was put off, schedule another.',
  },
  CHECK_IN_CODE_WRONG: {
    what: 'The check-in code is wrong',
    next: 'Look at the code on the hall screen and type it again.',
  },
  CHECK_IN_CODE_EXPIRED: {
    what: 'This check-in code has been replaced',
    why: 'The code changes every little while, so that nobody checks in for another.',
    next: 'Use the code the hall screen shows now.',
  },
  CHECK_IN_TICKET_SPENT: { what: 'This check-in ticket was used', next: 'Scan the code again.' },
  NOT_CHECKED_IN: { what: 'You have not checked in', next: 'Check in first.' },
  ALREADY_CHECKED_OUT: { what: 'You have checked out already', next: 'If the time is wrong, say so here.' },
  STATEMENT_OF_FUTURE_DAY: {
    what: 'This day has not come yet, so nothing is recorded',
    next: 'Choose today or an earlier day.',
  },
  REGULATION_NOT_IN_FORCE: {
    what: 'No credit regulation is in force for this time, so nothing can be settled yet',
    next: 'It will be settled by itself once one is; you need not apply again.',
  },
  COUNTERSIGNATURE_WRONG: {
    what: 'This countersignature does not fit the root',
    next: 'Sign this very root again with the key of your office.',
  },
  OFFICE_KEY_MISSING: {
    what: 'Your office has no key for countersigning yet',
    next: 'Register its public key first, then sign this root.',
  },
  OFFICE_KEY_USED: {
    what: 'Your office has registered this key before',
    next: 'Make a new pair of keys and register its public half.',
  },
  REGULATION_UNREADABLE: {
    what: ({ has, text, number }) =>
      has('code') && has('version')
        ? `Version ${number('version')} of the regulation “${text('code')}” cannot be read, so nothing can be worked out here for now`
        : 'A version of a regulation cannot be read, so nothing can be worked out here for now',
    why: 'Its text in the database was changed. What stands in the ledger is untouched.',
    next: 'Tell a system administrator: verify the ledger, then restore this version’s text from a backup. All is as before then.',
  },
  REGULATION_VERSION_SKIPPED: {
    what: ({ has, number }) =>
      has('next')
        ? `The number skips version ${number('next')}; the draft was not saved`
        : 'The number skips a version; the draft was not saved',
    why: 'Versions are numbered one after the other.',
    next: ({ has, number }) =>
      `Set “version” in the file to ${has('next') ? number('next') : 'the next one'} and save again.`,
  },
  REGULATION_VERSION_FIXED: {
    what: ({ has, text, number }) =>
      has('code') && has('version')
        ? `This draft is version ${number('version')} of “${text('code')}”; the changes were not saved`
        : 'The draft has another code or version than before; the changes were not saved',
    why: 'Once saved, a draft keeps its code and version.',
    next: ({ has, text, number }) =>
      has('code') && has('version')
        ? `Set “id” back to “${text('code')}” and “version” to ${number('version')} and save again; for another version, begin a new draft.`
        : 'Set the code and the version back and save again; for another version, begin a new draft.',
  },
  REGULATION_VERSION_TAKEN: {
    what: 'This version of the regulation cannot be used',
    why: 'There is the same or a newer one.',
    next: 'Add 1 to the version and save it as a new draft.',
  },
  REGULATION_NEEDS_SECOND_PERSON: {
    what: 'You cannot approve what you wrote',
    why: 'Every version is approved by somebody other than its author.',
    next: 'Ask a colleague of the organisation department who looks after regulations.',
  },
  REGULATION_STARTS_IN_PAST: {
    what: 'The date of effect must be after today',
    why: 'A new regulation never changes credits that are settled.',
    next: 'Give the draft a later date of effect; one that was handed over goes back to its author first.',
  },
  YEAR_ALREADY_FROZEN: {
    what: 'This assessment year is frozen',
    next: 'Later corrections make a new version; the old one stays.',
  },
  CUT_OFF_NOT_REACHED: {
    what: 'The cut-off has not been reached, so the year cannot be frozen',
    next: ({ moment, has }) =>
      has('cutOff') ? `It can be frozen after ${moment('cutOff', '')}.` : 'Try again after the cut-off.',
  },
  FEED_CURSOR_INVALID: {
    what: 'This cursor is not valid',
    next: 'Read from the start, or use the cursor of the last answer.',
  },
  CLOCK_NOT_DEMONSTRATION: { what: 'Time is real here and cannot be moved' },
  CLOCK_BACKWARDS: { what: 'The demo clock only goes forward', next: 'Choose a later time.' },
  CHARTER_CENTRAL_REQUIRED: {
    what: 'The alliance needs a central base; this one cannot go',
    why: 'Charter of the alliance: exactly 1 central base.',
    next: 'Set up the base that takes its place first.',
  },
  CHARTER_BELOW_LISTED: {
    what: 'The charter cannot allow fewer bases than are listed',
    why: 'Listed bases are not delisted by this.',
    next: 'Enter a larger number.',
  },
  BASE_MOVE_INVALID: {
    what: 'The base cannot change in this way now',
    why: 'A base goes step by step: application, formal check, site visit, notice, listing.',
    next: 'See which step this base has reached.',
  },
  BASE_HAS_CASE_SITES: {
    what: 'This base still has case-teaching bases below it',
    why: 'They cannot be left without a parent.',
    next: 'Move them to another base first.',
  },
  VENUE_CODE_TAKEN: { what: 'This venue code is taken', next: 'Choose another one.' },
  THEME_CODE_TAKEN: { what: 'This theme code is taken', next: 'Choose another one.' },
  COURSE_CODE_TAKEN: { what: 'This course code is taken', next: 'Choose another one.' },
  COURSE_MOVE_INVALID: {
    what: 'The course cannot change in this way now',
    why: 'A course is published after three steps of review.',
    next: 'See which step this course has reached.',
  },
  COURSE_REVIEW_OVERDUE: {
    what: 'This course is past its review date and cannot be used',
    why: 'A course is reviewed again when it expires, so that it does not grow stale.',
    next: 'Finish the review first.',
  },
  MICRO_LESSON_CODE_TAKEN: { what: 'This micro-lesson code is taken', next: 'Choose another one.' },
  COURSE_NOT_OFFERED: {
    what: 'This course cannot be scheduled now',
    why: 'Only published courses within their review date can be.',
    next: 'Choose another course, or finish its review first.',
  },
  RESOURCE_NOT_IN_USE: { what: 'The venue or instructor is no longer in use', next: 'Choose another one.' },
  CLASS_TIMES_INVALID: {
    what: 'The times of the class do not fit together',
    why: 'Enrolment opens before it ends, and ends no later than the first session.',
    next: 'Check the marked times.',
  },
  CHECK_IN_TICKET_EXPIRED: { what: 'This check-in ticket has expired', next: 'Scan the code again.' },
  ATTENDANCE_MODE_NOT_OFFERED: {
    what: 'This session cannot be attended in that way',
    next: 'The course page says how it can be attended.',
  },
  EXTENSION_OUT_OF_RANGE: {
    what: 'The session cannot be extended to this time',
    next: ({ moment, has }) =>
      has('latest') ? `It can last until ${moment('latest', '')} at most.` : 'Choose an earlier time.',
  },
  HISTORY_OUT_OF_ORDER: {
    what: 'The date does not fit the history',
    why: 'Units, posts and grades of one person follow each other by date.',
    next: 'Look at the history, correct the date and try again.',
  },
  NOTHING_TO_WITHDRAW: {
    what: 'Nothing was recorded today that could be withdrawn',
    why: 'A change can be withdrawn on the day it was recorded; later, statements as of that day rest on it.',
    next: 'Record a correcting change instead.',
  },
  HISTORY_NOT_YET: {
    what: 'This change has not taken effect yet',
    next: 'Record it on its day or later.',
  },
  ALREADY_IN_UNIT: {
    what: 'This is already the person’s own unit; the change was not recorded',
    why: 'A transfer or a secondment goes to another unit.',
    next: 'Choose another unit.',
  },
  HISTORY_SEALED: {
    what: 'The date of the server is wrong; the change was not recorded',
    why: ({ text }) =>
      `Histories are sealed up to ${text('until')}, and the server takes today to be no later than that.`,
    next: 'Have the time of the server set right, then record the change again.',
  },
  PERSON_NOT_SERVING: {
    what: 'This person is no longer in service; the change was not recorded',
    why: ({ text }) =>
      text('until') === ''
        ? 'Service has ended: no transfer, post or grade is recorded after it.'
        : `Service ended on ${text('until')}: no transfer, post or grade is recorded after it.`,
    next: 'If the person still serves, record the return to service first.',
  },
  ACCOUNT_EXISTS: { what: 'This person has an account already', next: 'Open the existing account.' },
};
