export { type Finding, type FuzzOptions, type FuzzReport, runFuzz } from './run-fuzz.ts'
