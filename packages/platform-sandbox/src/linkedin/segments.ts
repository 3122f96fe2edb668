import { type CompanyElement, identityOf } from "./company.ts";

/** A DMP segment with its real membership. */
export interface Segment {
  readonly id: number;
  readonly name: string;
  readonly type: "USER" | "COMPANY";
  readonly sourcePlatform: string;
  readonly sourceSegmentId: string;
  readonly account: string;
  readonly created: number;
  lastModified: number;
  /** Requests on the sub-resource that are still answered 404. */
  notReadyRequests: number;
  readonly members: Map<string, CompanyElement>;
}

/** A segment as the inspection shows it. */
export interface SegmentView extends Omit<Segment, "members" | "notReadyRequests"> {
  readonly memberCount: number;
  readonly members: readonly CompanyElement[];
}

/** All segments of the sandbox, in memory. */
export class SegmentStore {
  readonly #segments = new Map<number, Segment>();
  #lastId = 9_821_000;

  create(
    fields: Pick<Segment, "name" | "type" | "sourcePlatform" | "sourceSegmentId" | "account" | "created" | "notReadyRequests">,
  ): Segment {
    const segment: Segment = { id: ++this.#lastId, ...fields, lastModified: fields.created, members: new Map() };
    this.#segments.set(segment.id, segment);
    return segment;
  }

  get(id: number): Segment | undefined {
    return this.#segments.get(id);
  }

  find(wanted: { account: string; sourceSegmentId: string | null; sourcePlatform: string | null }): Segment[] {
    return [...this.#segments.values()].filter(
      (one) =>
        one.account === wanted.account &&
        (wanted.sourceSegmentId === null || one.sourceSegmentId === wanted.sourceSegmentId) &&
        (wanted.sourcePlatform === null || one.sourcePlatform === wanted.sourcePlatform),
    );
  }

  /** Applies a valid element: set-like, as LinkedIn's is. */
  apply(segment: Segment, element: CompanyElement, now: number): void {
    const { action, ...company } = element;
    if (action === "ADD") segment.members.set(identityOf(element), company);
    else segment.members.delete(identityOf(element));
    segment.lastModified = now;
  }

  view(): SegmentView[] {
    return [...this.#segments.values()].map(({ members, notReadyRequests: _, ...segment }) => ({
      ...segment,
      memberCount: members.size,
      members: [...members.values()],
    }));
  }

  load(saved: readonly SegmentView[]): void {
    this.clear();
    for (const { memberCount: _, members, ...segment } of saved) {
      const byIdentity = new Map(members.map((member) => [identityOf(member), member]));
      this.#segments.set(segment.id, { ...segment, notReadyRequests: 0, members: byIdentity });
      this.#lastId = Math.max(this.#lastId, segment.id);
    }
  }

  clear(): void {
    this.#segments.clear();
  }
}
