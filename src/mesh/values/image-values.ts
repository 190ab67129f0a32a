/** The kinds of image. */
export const imageVariants = ['', 'debug', 'distroless'] as const;
export type ImageVariant = (typeof imageVariants)[number];

/** When nodes pull images. */
export const imagePullPolicies = ['', 'Always', 'IfNotPresent', 'Never'] as const;
export type ImagePullPolicy = (typeof imagePullPolicies)[number];
