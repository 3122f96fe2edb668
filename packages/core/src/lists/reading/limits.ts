/** Sizes that bound the reading of delimited text; every number is [design]: chosen here, not taken from a standard. */
export const READING_LIMITS = {
  /** Bytes of the beginning of a file that `detectDialect` wants. */
  headBytes: 512 * 1024,
  /** Bytes of the end of a file that `detectDialect` and the footer look at. */
  tailBytes: 64 * 1024,
  /** A quoted cell with line breaks must close within this many bytes, or its opening quote is an ordinary character. */
  maxQuotedBytes: 1024 * 1024,
  /** A longer record is refused: no list has one, and a lost line end or quote would otherwise fill the memory. */
  maxRecordBytes: 8 * 1024 * 1024,
  /** Ranges are closed at the first record end past this size. */
  targetBytes: 8 * 1024 * 1024,
  /** Records of the sample that the detection parses for each candidate. */
  sampleRecords: 600,
  /** Bytes of the sample that the detection parses for each candidate. */
  sampleBytes: 192 * 1024,
  /** Data rows handed out by `describeTable`. */
  sampleRows: 200,
  /** Trailing records among which a footer is looked for. */
  footerRecords: 50,
} as const;
