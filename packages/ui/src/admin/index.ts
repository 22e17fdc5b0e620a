export * from '../shared';
export { ToastLine } from '../feedback';
export { AdminKit } from './admin-kit';
export { AppTable, type AppColumn, type AppTableProps, type TableExport } from './app-table';
export { ClockBadge, type ClockBadgeProps } from './clock-badge';
export { mustChoose } from './must-choose';
export { noLonger, notAfter, sayOutOfRange, sayTooLong } from './typed-limits';
export {
  Page,
  PageHeader,
  Section,
  SidePanel,
  type PageHeaderProps,
  type PageProps,
  type SidePanelProps,
} from './page';
export { PlainTable, type PlainTableProps } from './plain-table';
export {
  EmptyState,
  ErrorState,
  FailureState,
  NoPermission,
  type EmptyStateProps,
  type ErrorStateProps,
  type FailureStateProps,
} from './states';
export { asksAnew, firstPage, useTableState, type TableSort, type TableState } from './table-state';
export { DateField, TimeField, type DateFieldProps, type TimeFieldProps } from './time-fields';
export { adminTheme, type AdminLook } from './theme';
