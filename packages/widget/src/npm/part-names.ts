/** Parts of the engine that an app may hand to `init`, by name; what is in them is between them and the engine. */
export type Parts = { [name in 'keeper' | 'more' | 'panel' | 'surfaces']?: object }
