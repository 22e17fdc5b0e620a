export { fetchScreen } from './fetch-screen';
