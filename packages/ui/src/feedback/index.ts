export { dismissToast, sayDone, useToast, type ToastMessage } from './toast';
export { ToastLine } from './toast-line';
