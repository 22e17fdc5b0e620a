export * from './setting.repository';
