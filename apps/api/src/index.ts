export { type AppOptions, createApp } from './app.ts'
export { type Config, ConfigError, readConfig } from './config.ts'
export { importSurvey } from './publish/import-survey.ts'
export { type RunningServer, startServer } from './server.ts'
