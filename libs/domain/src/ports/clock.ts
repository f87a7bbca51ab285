/** Tells the time; passed in so that decisions can be tested at any moment. */
export abstract class Clock {
  abstract now(): Date;
}
