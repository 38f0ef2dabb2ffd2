/** The shop's logo. Its room is kept while it loads; one that does not come leaves no trace. */
export const Logo = ({ src }: { src: string | undefined }) =>
  src ? (
    <img
      class="logo"
      alt=""
      src={src}
      onError={({ currentTarget }) => {
        currentTarget.hidden = true
      }}
    />
  ) : null
