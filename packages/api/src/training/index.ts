export * from './booking-desk';
export * from './timetable-view.service';
export * from './timetable.service';
export * from './training.router';
export * from './training.service';
