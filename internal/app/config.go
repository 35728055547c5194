// Package app builds the house: it reads the configuration, opens the floors in their order,
// hands the upper ones' needs down, and is the only place that knows all of them.
package app

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/BurntSushi/toml"
)

// Config is how a deployment is set. It is read from the file config.toml in the data folder,
// then from the environment (CHONOI_…), then from the command line; the last one told wins.
type Config struct {
	Data     string `toml:"-" json:"data"`            // folder of database, files and letters
	Database string `toml:"database" json:"database"` // postgres://…; empty: SQLite in Data
	Addr     string `toml:"addr" json:"addr"`
	BaseURL  string `toml:"base_url" json:"base_url"` // as people reach the site; no slash at the end
	Secure   bool   `toml:"secure" json:"secure"`     // people reach it by https
	Proxy    bool   `toml:"behind_proxy" json:"behind_proxy"`
	Site     Site   `toml:"site" json:"site"`
	Mail     Mail   `toml:"mail" json:"mail"`
	OIDC     OIDC   `toml:"oidc" json:"oidc"`
	S3       S3     `toml:"s3" json:"s3"`
	Clamd    string `toml:"clamd" json:"clamd"` // tcp:host:port or unix:/path; empty: no scan
	Key      string `toml:"-" json:"-"`         // CHONOI_KEY; empty: the file key in Data
	Demo     bool   `toml:"-" json:"demo"`
}

// Site is how the deployment calls itself.
type Site struct {
	NameVi  string `toml:"name_vi" json:"name_vi"`
	NameEn  string `toml:"name_en" json:"name_en"`
	OwnerVi string `toml:"owner_vi" json:"owner_vi"`
	OwnerEn string `toml:"owner_en" json:"owner_en"`
}

// Mail is the server that letters go through; without a host they go to the folder letters.
type Mail struct {
	Host     string `toml:"host" json:"host"`
	Port     int    `toml:"port" json:"port"`
	User     string `toml:"user" json:"user"`
	Password string `toml:"password" json:"-"`
	Security string `toml:"security" json:"security"` // starttls, tls, none
	From     string `toml:"from" json:"from"`
	FromName string `toml:"from_name" json:"from_name"`
}

// OIDC is a provider by which people may sign in.
type OIDC struct {
	Name     string `toml:"name" json:"name"`
	Issuer   string `toml:"issuer" json:"issuer"`
	ClientID string `toml:"client_id" json:"client_id"`
	Secret   string `toml:"client_secret" json:"-"`
}

// S3 is a bucket for files; without an endpoint they stay in the data folder.
type S3 struct {
	Endpoint string `toml:"endpoint" json:"endpoint"`
	Bucket   string `toml:"bucket" json:"bucket"`
	Key      string `toml:"access_key" json:"access_key"`
	Secret   string `toml:"secret_key" json:"-"`
	Secure   bool   `toml:"secure" json:"secure"`
}

// ReadConfig returns the configuration of a data folder; an empty one is CHONOI_DATA or a folder
// of the user's own.
func ReadConfig(data string) (Config, error) {
	c := Config{Addr: "127.0.0.1:8080", Mail: Mail{Port: 587, Security: "starttls", From: "no-reply@localhost.localdomain"}, Site: Site{
		NameVi: "Sàn giao dịch công nghệ và đổi mới sáng tạo", NameEn: "Technology and Innovation Exchange"}}
	if data == "" {
		data = os.Getenv("CHONOI_DATA")
	}
	if data == "" {
		var err error
		if data, err = ownFolder(); err != nil {
			return c, err
		}
	}
	c.Data = data
	path := filepath.Join(data, "config.toml")
	told, err := toml.DecodeFile(path, &c)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return c, fmt.Errorf("read %s: %w", path, err)
	}
	if unknown := told.Undecoded(); len(unknown) > 0 {
		return c, fmt.Errorf("%s: unknown setting %s", path, unknown[0])
	}
	c.fromEnvironment(os.LookupEnv)
	return c, nil
}

// ownFolder is where a user's data goes when nothing else is said.
func ownFolder() (string, error) {
	if base := os.Getenv("XDG_DATA_HOME"); base != "" {
		return filepath.Join(base, "chonoi"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find a folder for the data (tell one with --data): %w", err)
	}
	return filepath.Join(home, ".local", "share", "chonoi"), nil
}

func (c *Config) fromEnvironment(lookup func(string) (string, bool)) {
	for name, to := range map[string]*string{
		"CHONOI_DATABASE": &c.Database, "CHONOI_ADDR": &c.Addr, "CHONOI_BASE_URL": &c.BaseURL, "CHONOI_KEY": &c.Key,
		"CHONOI_SMTP_PASSWORD": &c.Mail.Password, "CHONOI_OIDC_SECRET": &c.OIDC.Secret, "CHONOI_S3_SECRET": &c.S3.Secret,
	} {
		if value, told := lookup(name); told {
			*to = value
		}
	}
}

// Address is the database's address for db.Open.
func (c *Config) Address() string {
	if c.Database != "" {
		return c.Database
	}
	return "sqlite:" + filepath.Join(c.Data, "chonoi.db")
}

// ShownConfig is a configuration without its secrets, and where the key comes from.
type ShownConfig struct {
	Config
	Key KeyTold `json:"key"`
}

// Shown is the configuration without its secrets, for people to look at. It makes no key.
func (c Config) Shown() ShownConfig {
	_, told, err := c.readKey()
	if err != nil {
		told.Amiss = err.Error()
	}
	c.Key = ""
	if u, err := url.Parse(c.Database); err == nil && strings.Contains(c.Database, "://") {
		c.Database = u.Redacted()
	}
	return ShownConfig{c, told}
}
