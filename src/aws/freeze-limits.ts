/**
 * Limits the duration of a break-glass override, in minutes. A shorter override could expire before an execution
 * starts.
 */
export const BREAK_GLASS_MINUTES = { min: 5, max: 24 * 60, default: 60 } as const;

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html */
export const SSM_DOCUMENT_NAME = {
  pattern: /^[A-Za-z0-9_.-]{3,128}$/,
  description: "letters, digits, '_', '-' and '.'",
} as const;

/** Matches the ARN of a Systems Manager document, with its partition and Region. */
export const SSM_DOCUMENT_ARN = /^arn:(aws[a-z-]*):ssm:([^:]+):\d{12}:document\/[A-Za-z0-9_.-]{3,128}$/;
