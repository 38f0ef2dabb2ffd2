export { type FoundNatsServer, findNatsServer } from './find-nats-server.ts'
export { type Nats, type NatsOptions, startNats } from './start-nats.ts'
