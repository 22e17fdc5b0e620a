export * from '../shared';
export { ToastLine } from '../feedback';
export {
  Button,
  ButtonAnchor,
  IconButton,
  type ButtonAnchorProps,
  type ButtonProps,
  type IconButtonProps,
} from './button';
export {
  Card,
  Row,
  RowAnchor,
  RowButton,
  RowList,
  type RowAnchorProps,
  type RowButtonProps,
  type RowContent,
} from './card';
export { ClockBadge } from './clock-badge';
export {
  DateField,
  Segmented,
  SelectField,
  SwitchRow,
  TextField,
  type Choice,
  type DateFieldProps,
  type SegmentedProps,
  type SelectFieldProps,
  type SwitchRowProps,
  type TextFieldProps,
} from './fields';
export { KeptFocus, type KeptFocusProps } from './kept-focus';
export {
  BackAnchor,
  BarAnchor,
  BottomBar,
  Page,
  PageHeader,
  Quiet,
  Section,
  type BarAnchorProps,
  type PageHeaderProps,
  type PageProps,
} from './page';
export { FactList, type Fact, type FactListProps } from './fact-list';
export { Sheet, type SheetProps } from './sheet';
export { FailureState, type FailureStateProps } from './failure-state';
export { EmptyState, ErrorState, NoPermission, type EmptyStateProps, type ErrorStateProps } from './states';
