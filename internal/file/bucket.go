package file

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// Bucket tells an S3 bucket and the way to it.
type Bucket struct {
	Endpoint    string // host:port
	Name        string
	Region      string // empty where the server does not ask
	Prefix      string // before each key, such as "files/"
	Key, Secret string
	Unencrypted bool // HTTP instead of HTTPS, for a server on the same machine or network
}

// bucket is a shelf in S3.
type bucket struct {
	client *minio.Client
	Bucket
}

// InBucket returns a store in that bucket, which must exist. Nothing is reached for yet.
func InBucket(b Bucket) (*Store, error) {
	client, err := minio.New(b.Endpoint, &minio.Options{
		Creds: credentials.NewStaticV4(b.Key, b.Secret, ""), Secure: !b.Unencrypted, Region: b.Region,
	})
	if err != nil {
		return nil, fmt.Errorf("S3 bucket %s: %w", b.Name, err)
	}
	return &Store{shelf: bucket{client, b}}, nil
}

func (b bucket) keep(ctx context.Context, key string, content io.ReadSeeker, size int64, mime string) error {
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err := b.client.PutObject(ctx, b.Name, b.Prefix+key, content, size, minio.PutObjectOptions{ContentType: mime})
	return err
}

func (b bucket) open(ctx context.Context, key string) (io.ReadSeekCloser, int64, error) {
	object, err := b.client.GetObject(ctx, b.Name, b.Prefix+key, minio.GetObjectOptions{})
	if err != nil {
		return nil, 0, missing(err)
	}
	info, err := object.Stat()
	if err != nil {
		object.Close()
		return nil, 0, missing(err)
	}
	return object, info.Size, nil
}

func (b bucket) kept(ctx context.Context, key string) (time.Time, error) {
	info, err := b.client.StatObject(ctx, b.Name, b.Prefix+key, minio.StatObjectOptions{})
	if err != nil {
		return time.Time{}, missing(err)
	}
	return info.LastModified, nil
}

func (b bucket) each(ctx context.Context, begin string, fn func(item) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // ends the listing when fn does not want more
	for one := range b.client.ListObjects(ctx, b.Name, minio.ListObjectsOptions{Prefix: b.Prefix + begin, Recursive: true}) {
		if one.Err != nil {
			return one.Err
		}
		if err := fn(item{strings.TrimPrefix(one.Key, b.Prefix), one.Size, one.LastModified}); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (b bucket) remove(ctx context.Context, key string) error {
	return b.client.RemoveObject(ctx, b.Name, b.Prefix+key, minio.RemoveObjectOptions{})
}

func (b bucket) ready(ctx context.Context) error {
	there, err := b.client.BucketExists(ctx, b.Name)
	if err == nil && !there {
		err = fmt.Errorf("no bucket %s", b.Name)
	}
	return err
}

func missing(err error) error {
	if minio.ToErrorResponse(err).Code == minio.NoSuchKey {
		return errMissing
	}
	return err
}
