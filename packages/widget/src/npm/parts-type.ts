/** Parts of the engine that an app may hand to `init`, by name; what is in them is between them and the engine. */
export interface Parts {
  [name: string]: object
}
