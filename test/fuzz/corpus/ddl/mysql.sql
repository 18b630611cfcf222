O-- MySQL dump 10.13
/*!40101 SET @saved_cs_client     = @@character_set_client */;
DROP TABLE IF EXISTS `customers`;
CREATE TABLE `customers` (
  `id` int(11) unsigned NOT NULL AUTO_INCREMENT COMMENT 'Key; not shown',
  `email` varchar(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `name` varchar(60) NOT NULL DEFAULT '',
  `quote` char(3) DEFAULT 'it\'s',
  `gender` enum('m','f','o, other') DEFAULT NULL,
  `flags` set('a','b'),
  `active` tinyint(1) NOT NULL DEFAULT '1',
  `level` tinyint DEFAULT 0,
  `hits` bigint unsigned DEFAULT 0,
  `rate` float(7,4),
  `score` double,
  `total` decimal(12,2) unsigned,
  `born` date, `at_time` time, `year_` year(4),
  `created` datetime DEFAULT CURRENT_TIMESTAMP,
  `updated` timestamp(6) NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  `doc` json, `body` mediumtext, `photo` longblob, `hash` binary(16), `t` text,
  `full` varchar(130) GENERATED ALWAYS AS (concat(`name`,' ',`email`)) VIRTUAL,
  `bits` bit(1), `many_bits` bit(8),
  PRIMARY KEY (`id`),
  UNIQUE KEY `uk_email` (`email`),
  KEY `idx_name` (`name`(10)) USING BTREE,
  FULLTEXT KEY `ft` (`body`),
  CONSTRAINT `level_range` CHECK ((`level` between 0 and 9))
) ENGINE=InnoDB AUTO_INCREMENT=42 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='People who buy';
# a comment of MySQL
CREATE TABLE orders (
  id BIGINT AUTO_INCREMENT PRIMARY KEY,
  customer_id INT UNSIGNED NOT NULL,
  state VARCHAR(10) CHECK (state IN ('new', "paid")),
  note MEDIUMTEXT COMMENT "double quoted",
  UNIQUE (customer_id, state),
  CONSTRAINT fk_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE ON UPDATE NO ACTION,
  INDEX (state)
)
/*!50100 PARTITION BY HASH (id) PARTITIONS 4 */;
DELIMITER //
CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW BEGIN SET NEW.note = 'x;y'; END //
DELIMITER ;
CREATE TABLE orders_copy LIKE orders;
LOCK TABLES `orders` WRITE;
INSERT INTO `orders` VALUES (1,1,'it\'s','a;b');
