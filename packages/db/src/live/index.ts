export * from './attempt.repository';
export * from './check-in-ticket.repository';
export * from './connection.repository';
export * from './fact.repository';
export * from './presence.repository';
export * from './room-event.repository';
