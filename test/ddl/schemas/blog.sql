-- Users, posts and comments; users and posts refer to each other.
CREATE TABLE users (
    user_id        bigint PRIMARY KEY,
    user_name      varchar(40) NOT NULL UNIQUE,
    email          varchar(160) NOT NULL UNIQUE,
    invited_by     bigint,
    pinned_post_id bigint,
    role           varchar(10) NOT NULL DEFAULT 'reader' CHECK (role IN ('reader', 'author', 'admin')),
    joined_at      timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE posts (
    post_id        bigint PRIMARY KEY,
    author_id      bigint NOT NULL,
    slug           varchar(80) NOT NULL UNIQUE,
    title          varchar(150) NOT NULL,
    body           text NOT NULL,
    published_at   timestamp with time zone,
    views          integer NOT NULL DEFAULT 0 CHECK (views >= 0),
    featured_id    bigint
);

CREATE TABLE comments (
    comment_id     bigint PRIMARY KEY,
    post_id        bigint NOT NULL REFERENCES posts ON DELETE CASCADE,
    user_id        bigint NOT NULL REFERENCES users,
    reply_to       bigint REFERENCES comments (comment_id),
    body           text NOT NULL,
    likes          smallint NOT NULL CHECK (likes BETWEEN 0 AND 30000)
);

CREATE TABLE tags (
    tag            varchar(30) PRIMARY KEY
);

CREATE TABLE post_tags (
    post_id        bigint NOT NULL REFERENCES posts,
    tag            varchar(30) NOT NULL REFERENCES tags,
    PRIMARY KEY (post_id, tag)
);

ALTER TABLE users ADD CONSTRAINT users_invited_by FOREIGN KEY (invited_by) REFERENCES users (user_id);
ALTER TABLE users ADD CONSTRAINT users_pinned_post FOREIGN KEY (pinned_post_id) REFERENCES posts (post_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE posts ADD CONSTRAINT posts_author FOREIGN KEY (author_id) REFERENCES users (user_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE posts ADD CONSTRAINT posts_featured FOREIGN KEY (featured_id) REFERENCES comments (comment_id)
    DEFERRABLE INITIALLY DEFERRED;
COMMENT ON COLUMN users.pinned_post_id IS 'A post, usually their own';
