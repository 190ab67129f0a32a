/** Where an image of Istio is. */
interface ImageSource {
  readonly hub: string;
  readonly tag: string;
  /** An empty text for the default variant. */
  readonly variant: string;
}

/** The reference of an image of Istio by its name. An image that is a reference already is kept. */
export function imageReference(image: string, { hub, tag, variant }: ImageSource): string {
  return image.includes('/') ? image : `${hub}/${image}:${tag}${variant ? `-${variant}` : ''}`;
}
