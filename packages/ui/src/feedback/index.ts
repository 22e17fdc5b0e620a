export { dismissToast, sayDone, useToast, type ToastMessage, type ToastOffer } from './toast';
export { ToastLine } from './toast-line';
